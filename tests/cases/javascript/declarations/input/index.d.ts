import OpenAI from "openai";
export declare const MODEL: "gpt-4o";
export declare function ask(model?: "gpt-4o" | "gpt-4.1"): Promise<string>;
