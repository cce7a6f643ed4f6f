import { anthropic } from "@ai-sdk/anthropic";
import { streamText } from "ai";

export async function POST(request: Request) {
  const { messages } = await request.json();
  return streamText({ model: anthropic("claude-sonnet-4-20250514"), messages }).toTextStreamResponse();
}
