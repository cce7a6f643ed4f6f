export const MODELS_LIST = {
  "tiny": "ggml-tiny.bin",
  "base": "ggml-base.bin",
  "large": "ggml-large.bin",
};
export const FIXTURES = { a: "one.bin", b: "two.bin", c: "three.bin" };
