import OpenAI from "openai";
const params: OpenAI.Chat.ChatCompletionCreateParams = { model: "gpt-4.1", messages: [] };
async function main(client: OpenAI) {
  await client.chat.completions.create(params);
}
