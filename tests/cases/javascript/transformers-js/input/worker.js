import { pipeline, AutoTokenizer } from "@huggingface/transformers";
import { pipeline as old } from "https://cdn.jsdelivr.net/npm/@xenova/transformers@2.17.2";

const task = "feature-extraction";
export const extractor = await pipeline(task, "Xenova/all-MiniLM-L6-v2", { dtype: "fp16", revision: "main" });
export const tokenizer = await AutoTokenizer.from_pretrained("Xenova/gpt-4o");
export const caption = await old("image-to-text", "Xenova/vit-gpt2-image-captioning");
