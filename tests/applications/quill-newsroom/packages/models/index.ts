import { createOpenAI, openai } from '@ai-sdk/openai';
import { google } from '@ai-sdk/google';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';

const FIREWORKS_URL = 'https://api.fireworks.ai/inference/v1';

export const fireworks = createOpenAI({
  baseURL: FIREWORKS_URL,
  apiKey: process.env.FIREWORKS_API_KEY,
});

export const desk = createOpenAICompatible({
  name: 'desk',
  baseURL: process.env.DESK_URL ?? 'http://localhost:1234/v1',
});

export const models = {
  headline: openai('gpt-4.1-nano'),
  body: google('models/gemini-2.5-pro-preview-05-06'),
  bulk: fireworks('accounts/fireworks/models/deepseek-v3'),
  offline: desk('qwen2.5-7b-instruct'),
} as const;

export const IMAGE_MODEL = 'gpt-image-1';
