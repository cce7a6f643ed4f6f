import { z } from 'zod';

const schema = z.object({
  LLM_MODEL: z.string().default('gpt-4.1-mini'),
  LLM_URL: z.string().url().default('https://api.groq.com/openai/v1'),
  FAST_MODEL: z.string().optional().default('llama-3.1-8b-instant'),
});
export const env = schema.parse(process.env);
export const PROVIDERS = {
  groq: { url: 'https://api.groq.com/openai/v1', model: 'gemma2-9b-it' },
  ollama: { url: 'http://localhost:11434/v1', model: 'llama3.2:3b' },
} as const;
