import { QdrantClient } from "@qdrant/js-client-rest";

export const store = new QdrantClient({ url: "https://qdrant.example:6333", apiKey: process.env.KEY });
