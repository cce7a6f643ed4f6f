import { CohereClient } from "cohere-ai";
import { chatModel } from "@acme/ui/chat";
import * as names from "settings/rerank";

const cohere = new CohereClient({});
await cohere.chat({ model: chatModel, message: "x" });
await cohere.rerank({ model: names.reranker, query: "x", documents: [] });
