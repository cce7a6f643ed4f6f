const { OpenAI } = require("openai");
const Anthropic = require("@anthropic-ai/sdk");

const a = new OpenAI();
a.embeddings.create({ model: "text-embedding-3-small", input: "x" });
new Anthropic().messages.create({ model: "claude-3-5-haiku-latest", max_tokens: 1, messages: [] });
