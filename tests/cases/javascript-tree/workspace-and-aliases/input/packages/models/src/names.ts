export const SMALL = "Xenova/all-MiniLM-L6-v2";
export enum Chat { Fast = "gpt-4o-mini", Best = "gpt-4o" }
