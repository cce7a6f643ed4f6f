import { openai } from "@ai-sdk/openai";
import { streamText } from "ai";
import { z } from "zod";

const Body = z.object({
  ticket: z.string().max(20_000),
  model: z.enum(["gpt-4o", "gpt-4o-mini", "gpt-4.1"]).default("gpt-4o-mini"),
});

export const runtime = "nodejs";

export async function POST(request: Request) {
  const { ticket, model } = Body.parse(await request.json());
  if (request.headers.get("content-type") !== "application/json") {
    return new Response("unsupported", { status: 415, headers: { accept: "application/json" } });
  }
  const result = streamText({ model: openai(model), prompt: ticket });
  return result.toDataStreamResponse();
}
