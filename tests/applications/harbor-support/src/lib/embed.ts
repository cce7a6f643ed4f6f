import OpenAI from "openai";

import { EMBEDDING_MODEL } from "./models";

const client = new OpenAI();

export async function embed(texts: string[]): Promise<number[][]> {
  const { data } = await client.embeddings.create({ model: EMBEDDING_MODEL, input: texts });
  return data.map((d) => d.embedding);
}

export async function transcribe(file: File): Promise<string> {
  const { text } = await client.audio.transcriptions.create({ file, model: "whisper-1" });
  return text;
}
