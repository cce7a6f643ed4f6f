import { generateText, embed } from "ai";
import { openai, createOpenAI } from "@ai-sdk/openai";
import { google } from "@ai-sdk/google";

const house = createOpenAI({ baseURL: "https://llm.example/v1" });
await generateText({ model: openai("gpt-4o"), prompt: "x" });
await generateText({ model: "anthropic/claude-sonnet-4", prompt: "x" });
await embed({ model: google.textEmbeddingModel("gemini-embedding-001"), value: "x" });
await generateText({ model: house("gpt-4.1-mini"), prompt: "x" });
