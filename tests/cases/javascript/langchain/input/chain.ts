import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { ChatOllama } from "@langchain/community/chat_models/ollama";
import { initChatModel } from "langchain/chat_models/universal";

export const llm = new ChatOpenAI({ modelName: "gpt-4o", temperature: 0 });
export const vectors = new OpenAIEmbeddings({ model: "text-embedding-3-large" });
export const local = new ChatOllama({ model: "llama3.2:3b" });
export const any = await initChatModel("mistral-large-latest", { modelProvider: "mistralai" });
