export const llm = { model: "mistral-large-latest", embed: "mistral-embed" } as const;
