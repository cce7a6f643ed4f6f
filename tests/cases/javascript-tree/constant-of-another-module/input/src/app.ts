import { client } from "./client.js";
import { MODELS, Tier } from "@/config";

export const ask = (q: string) => client.responses.create({ model: MODELS.fast, input: q });
client.responses.create({ model: Tier.Deep, input: "x" });
