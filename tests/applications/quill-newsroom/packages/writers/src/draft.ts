import { generateText, embed, experimental_generateImage as generateImage, tool } from 'ai';
import { openai } from '@ai-sdk/openai';
import { z } from 'zod';
import { readFileSync } from 'node:fs';
import { models, IMAGE_MODEL } from '../../models';

const lookUp = tool({
  description: 'Finds a person in the archive',
  parameters: z.object({ name: z.string() }),
  execute: async ({ name }) => `nothing about ${name}`,
});

export async function headline(body: string) {
  const { text } = await generateText({
    model: models.headline,
    system: readFileSync('packages/writers/prompts/headline.md', 'utf8'),
    prompt: body,
    tools: { lookUp },
  });
  return text;
}

export const summary = (body: string) =>
  generateText({ model: 'anthropic/claude-sonnet-4', prompt: `Shorten:\n${body}` });

export const picture = (prompt: string) => generateImage({ model: openai.image(IMAGE_MODEL), prompt });

export const vector = (value: string) => embed({ model: openai.embedding('text-embedding-3-small'), value });
