import { anthropic } from "@ai-sdk/anthropic";
import { generateText } from "ai";

import { DEFAULT_REPLY_MODEL, ReplyModel } from "./models";
import { render } from "./prompt";

interface ReplyOptions {
  model?: ReplyModel;
  temperature?: number;
}

export async function suggestReply(
  ticket: string,
  { model = DEFAULT_REPLY_MODEL, temperature = 0.2 }: ReplyOptions = {},
): Promise<string> {
  const { text } = await generateText({
    model: anthropic(model),
    temperature,
    prompt: render("support/reply", { ticket }),
  });
  return text.trim();
}
