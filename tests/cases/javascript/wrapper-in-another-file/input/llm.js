const OpenAI = require("openai");
const client = new OpenAI();

async function complete(prompt, options = {}) {
  const { model = "gpt-4o-mini", ...rest } = options;
  return client.chat.completions.create({ model, ...rest });
}
module.exports = { complete };
