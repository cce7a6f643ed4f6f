export const MODELS = { fast: "gpt-4o-mini", slow: "gpt-4.1" } as const;
export enum Tier {
  Quick = "o4-mini",
  Deep = "o3-pro",
}
