export const GROQ = "llama-3.3-70b-versatile";
