import { pipeline } from "@huggingface/transformers";
const { pipeline: old } = await import("@xenova/transformers");

await pipeline("sentiment-analysis");
await pipeline("summarization", null, { dtype: "q8" });
await pipeline("ner", "Xenova/bert-base-NER");
await pipeline("visual-question-answering");
await old("feature-extraction");
