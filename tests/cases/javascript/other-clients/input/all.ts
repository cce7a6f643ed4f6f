import { GoogleGenAI } from "@google/genai";
import { GoogleGenerativeAI } from "@google/generative-ai";
import { Mistral } from "@mistralai/mistralai";
import { CohereClient } from "cohere-ai";
import Replicate from "replicate";
import ollama from "ollama";
import { InferenceClient } from "@huggingface/inference";

await new GoogleGenAI({}).models.generateContent({ model: "gemini-2.5-flash", contents: "x" });
new GoogleGenerativeAI("k").getGenerativeModel({ model: "gemini-1.5-pro" });
await new Mistral().chat.complete({ model: "mistral-small-latest", messages: [] });
await new CohereClient().chat({ model: "command-r-plus", message: "x" });
await new Replicate().run("black-forest-labs/flux-schnell", { input: {} });
await ollama.chat({ model: "qwen2.5:7b", messages: [] });
await new InferenceClient("t").chatCompletion({ model: "Qwen/Qwen3-8B", provider: "together", messages: [] });
