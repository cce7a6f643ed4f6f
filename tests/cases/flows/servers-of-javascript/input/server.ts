import { exec } from "node:child_process";
import express from "express";
import OpenAI from "openai";

const client = new OpenAI();
const app = express();

app.post("/ask", async (req, res) => {
  const reply = await client.chat.completions.create({
    model: "gpt-4o-mini",
    messages: [{ role: "user", content: req.body.question }],
  });
  exec(reply.choices[0].message.content);
  res.send("done");
});

app.post("/tune", async (req, res) => {
  res.send(
    await client.chat.completions.create({
      model: "gpt-4.1-mini",
      temperature: req.body.temperature,
      messages: [{ role: "user", content: "Say hello." }],
    }),
  );
});
