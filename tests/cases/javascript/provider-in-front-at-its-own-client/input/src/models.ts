export const defaultModel = "anthropic/claude-3-5-haiku-latest";
