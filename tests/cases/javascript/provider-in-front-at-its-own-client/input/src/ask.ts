import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { defaultModel } from "./models";

export class Agent {
  constructor(private modelName = defaultModel) {}

  async ask(prompt: string) {
    if (this.modelName.startsWith("anthropic/")) {
      return new Anthropic().messages.create({ model: this.modelName, max_tokens: 10, messages: [] });
    }
    return new OpenAI({ baseURL: "https://openrouter.ai/api/v1" }).chat.completions.create({ model: this.modelName, messages: [] });
  }
}
