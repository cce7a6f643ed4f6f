export const DEFAULTS = {
  anthropic: "claude-3-5-sonnet-latest",
  gemini: "gemini-2.5-pro-preview-05-06",
  mistral: "ministral-8b-latest",
  local: "gemma3",
} as const;

export const ICONS = { anthropic: "icons/claude.svg", gemini: "icons/gemini.svg" };
