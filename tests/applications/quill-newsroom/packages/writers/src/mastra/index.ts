import { Mastra } from '@mastra/core';
import { Agent } from '@mastra/core/agent';
import { createTool } from '@mastra/core/tools';
import { z } from 'zod';
import { models } from '../../../models';

export const factCheck = createTool({
  id: 'fact-check',
  description: 'Looks a claim up in the archive',
  inputSchema: z.object({ claim: z.string() }),
  execute: async ({ context }) => ({ known: context.claim.length > 3 }),
});

export const editor = new Agent({
  name: 'Night Editor',
  instructions: 'You correct drafts and mark claims without a source.',
  model: models.body,
  tools: { factCheck },
});

export const stringer = new Agent({
  name: 'Stringer',
  instructions: 'You collect news of the wires.',
  model: 'openai/gpt-4o-mini',
});

export const mastra = new Mastra({ agents: { editor, stringer } });
