"use strict";
const { ChatGoogleGenerativeAI } = require("@langchain/google-genai");
const { ChatOpenAI, OpenAIEmbeddings } = require("@langchain/openai");
const { HfInference } = require("@huggingface/inference");

const options = Object.freeze({ judge: "gemini-2.0-flash", summary: "gpt-4.1-nano" });
const hf = new HfInference(process.env.HF_TOKEN);

async function main(argv) {
  const judge = new ChatGoogleGenerativeAI({ model: options.judge, temperature: 0 });
  const { summary = options.summary } = argv;
  const writer = new ChatOpenAI({ modelName: summary, temperature: 0 });
  const vectors = new OpenAIEmbeddings({ model: "text-embedding-ada-002" });
  const language = await hf.textClassification({ model: "papluca/xlm-roberta-base-language-detection", inputs: "Wo ist meine Ware?" });
  const caption = await hf.imageToText({ data: argv.photo, model: process.env.CAPTIONER || "Salesforce/blip-image-captioning-large" });
  return { judge, writer, vectors, language, caption };
}

module.exports = { main, formats: ["text/csv", "application/pdf"] };
