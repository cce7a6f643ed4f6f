import { Agent, run, tool, MCPServerStdio } from '@openai/agents';
import { z } from 'zod';

const wires = new MCPServerStdio({
  name: 'wires',
  fullCommand: 'npx -y @quill/wires-mcp@2.1.0 --region eu',
});

const clock = tool({
  name: 'deadline',
  description: 'Minutes until the next edition',
  parameters: z.object({}),
  execute: async () => '42',
});

const sources = new Agent({
  name: 'Source Finder',
  instructions: 'Find two sources for a claim.',
  model: 'o4-mini',
  mcpServers: [wires],
});

export const chief = new Agent({
  name: 'Chief of Desk',
  instructions: 'Give work to the right agent.',
  model: process.env.CHIEF_MODEL || 'gpt-4.1',
  tools: [clock],
  handoffs: [sources],
});

export const ask = (question: string) => run(chief, question);
