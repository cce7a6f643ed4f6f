import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { Mistral } from "@mistralai/mistralai";
import ollama from "ollama/browser";

import { DEFAULTS } from "./defaults";

const anthropic = new Anthropic();
const gemini = new GoogleGenAI({ apiKey: process.env.GEMINI_API_KEY });
const mistral = new Mistral({ apiKey: process.env.MISTRAL_API_KEY });

export const play = {
  anthropic: (text: string, model = DEFAULTS.anthropic) =>
    anthropic.messages.create({ model, max_tokens: 512, messages: [{ role: "user", content: text }] }),
  gemini: (text: string) => gemini.models.generateContent({ model: DEFAULTS.gemini, contents: text }),
  mistral: (text: string) => mistral.chat.complete({ model: DEFAULTS["mistral"], messages: [{ role: "user", content: text }] }),
  local: (text: string) => ollama.chat({ model: `${DEFAULTS.local}:4b`, messages: [{ role: "user", content: text }] }),
};
