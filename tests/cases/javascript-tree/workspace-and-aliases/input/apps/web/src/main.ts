import { pipeline } from "@huggingface/transformers";
import OpenAI from "openai";
import Anthropic from "@anthropic-ai/sdk";
import { Mistral } from "@mistralai/mistralai";
import Groq from "groq-sdk";
import { SMALL, Chat, picker } from "@acme/models";
import { llm } from "#models/llm";
import { GROQ } from "@shared";

const client = new OpenAI();
export async function main(which: Chat = Chat.Fast) {
  const extract = await pipeline("feature-extraction", SMALL);
  await client.chat.completions.create({ model: which, messages: [] });
  await new Anthropic().messages.create({ model: picker(), max_tokens: 1, messages: [] });
  await new Mistral().chat.complete({ model: llm.model, messages: [] });
  await new Groq().chat.completions.create({ model: GROQ, messages: [] });
}
