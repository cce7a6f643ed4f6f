import OpenAI from 'openai';
import { env, PROVIDERS } from './config';

const openai = new OpenAI();
const groq = new OpenAI({ baseURL: env.LLM_URL });
export const a = () => openai.responses.create({ model: env.LLM_MODEL, input: 'x' });
export const b = () => groq.chat.completions.create({ model: env.FAST_MODEL, messages: [] });
export function c(name: keyof typeof PROVIDERS) {
  const { url, model } = PROVIDERS[name];
  return new OpenAI({ baseURL: url }).chat.completions.create({ model, messages: [] });
}
