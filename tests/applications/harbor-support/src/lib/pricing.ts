// Dollars per million tokens, for the cost column of the admin page. Not what we call.
export const PRICES: Record<string, { input: number; output: number }> = {
  "gpt-4-turbo": { input: 10, output: 30 },
  "gpt-3.5-turbo": { input: 0.5, output: 1.5 },
  "claude-3-opus-20240229": { input: 15, output: 75 },
  "gemini-1.5-pro": { input: 1.25, output: 5 },
};
