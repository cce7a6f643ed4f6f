import { z } from "zod";
import OpenAI from "openai";
const Env = z.object({ MODEL: z.string().default("gpt-4o-mini"), EMBED: z.string(), RERANK: z.enum(["a", "b"]) });
const env = Env.parse(process.env);
const body = z.object({ model: z.enum(["gpt-4o", "gpt-4.1"]).default("gpt-4.1") });
export async function handler(req: any) {
  const { model } = body.parse(req.body);
  const c = new OpenAI();
  await c.chat.completions.create({ model: env.MODEL, messages: [] });
  await c.embeddings.create({ model: env.EMBED, input: "" });
  await c.chat.completions.create({ model, messages: [] });
  JSON.parse(process.env.X!);
}
