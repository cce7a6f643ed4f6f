import OpenAI from "openai";
export const MODEL_LIST = {
  openai: ["gpt-4o-mini", "gpt-4o", "o1-preview"],
  anthropic: ["claude-3-haiku-20240307", "claude-3-opus-20240229"],
  groq: ["llama3-70b-8192", "gemma2-9b-it", "deepseek-r1-distill-llama-70b"],
  mistral: ["ministral-3b-latest", "codestral-latest"],
  openrouter: ["anthropic/claude-2", "openai/gpt-4o", "qwen/qwen3-32b", "ai21/jamba-1.6-large"],
  fireworks: ["accounts/fireworks/models/llama-v3p1-8b-instruct"],
};
