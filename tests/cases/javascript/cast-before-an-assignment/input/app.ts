import OpenAI from "openai";

interface Options { apiKey: string; model?: string }

export function embed(texts: string[], given: unknown) {
  const options = { apiKey: process.env.KEY } as object;
  (options as Options).model = "text-embedding-3-small";
  return new OpenAI().embeddings.create({ model: (options as Options).model!, input: texts });
}
