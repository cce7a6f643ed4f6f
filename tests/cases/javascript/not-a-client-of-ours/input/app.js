import { OpenAI } from "./openai-fake.js";
new OpenAI().chat.completions.make({ name: "gpt-4o" });
