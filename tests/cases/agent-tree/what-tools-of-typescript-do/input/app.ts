import { execSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { openai } from "@ai-sdk/openai";
import { generateText, tool } from "ai";
import { z } from "zod";

const run = tool({
  description: "Run a command.",
  inputSchema: z.object({ command: z.string() }),
  execute: async ({ command }) => execSync(command).toString(),
});

const uptime = tool({
  description: "Tell how long it runs.",
  inputSchema: z.object({}),
  execute: async () => execSync("uptime").toString(),
});

export const answer = (prompt: string) => generateText({ model: openai("gpt-4o"), tools: { run, uptime }, prompt });

const server = new McpServer({ name: "desk", version: "1.0.0" });
server.registerTool("note", { description: "Write a note." }, async ({ path, text }) => {
  writeFileSync(path, text);
  return { content: [] };
});
