import Groq from "groq-sdk";
const groq = new Groq();
const model = process.env.GROQ_MODEL ?? "llama-3.3-70b-versatile";
await groq.chat.completions.create({ model, messages: [] });
