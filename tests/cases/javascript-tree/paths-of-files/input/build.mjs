import path from "node:path";
export const modelDir = path.join("src/models", "base");
export const encoder = "./workers/encoder.js";
export const tokenizerTest = "tests/tokenizer.ts";
export const timezone = "Europe/Berlin";
