import { parseArgs } from "node:util";
import OpenAI from "openai";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "gpt-4o" },
    judge: { type: "string", default: "o3-mini" },
    limit: { type: "string", default: "10" },
    locale: { type: "string", default: "en/US" },
  },
});

const client = new OpenAI({ timeout: 30_000 });
const answer = await client.chat.completions.create({
  model: values.model!,
  messages: [{ role: "user", content: "Where is container HBRU 220411-3?" }],
});
const verdict = await client.responses.create({
  model: values.judge!,
  input: `Is this polite? ${answer.choices[0].message.content}`,
});
console.log(verdict.output_text);
