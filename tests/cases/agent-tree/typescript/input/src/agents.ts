import { Agent, MCPServerStdio, tool } from "@openai/agents";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const weather = tool({ name: "get_weather", execute: async () => "sun" });
const files = new MCPServerStdio({ name: "files", command: "npx", args: ["-y", "@modelcontextprotocol/server-filesystem", "."] });
export const helper = new Agent({ name: "Helper", model: "gpt-4o-mini", tools: [weather], mcpServers: [files] });
export const triage = Agent.create({ name: "Triage", model: "gpt-4o", handoffs: [helper] });

const server = new McpServer({ name: "demo", version: "1.0.0" });
server.registerTool("add", {}, async () => ({}));
const transport = new StreamableHTTPClientTransport(new URL("https://tools.example/mcp"));
