import OpenAI from "openai";

export class Bot {
  #client = new OpenAI({ apiKey: process.env.KEY });
  constructor({ model = "gpt-4o", temperature = 0 } = {}) {
    this.model = model;
  }
  run(prompt) {
    return this.#client.chat.completions.create({ model: this.model, messages: [prompt] });
  }
}
