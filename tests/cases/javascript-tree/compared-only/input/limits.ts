export function tokens(model: string) {
  if (model === "gpt-4o") return 128000;
  switch (model) {
    case "gpt-4":
      return 8192;
    default:
      return /^gpt-3/.test(model) ? 4096 : 0;
  }
}
