import { generateText, streamText, tool, stepCountIs, Experimental_Agent as Agent } from 'ai';
import { openai } from '@ai-sdk/openai';
import { anthropic } from '@ai-sdk/anthropic';
import { Agent as Mastra } from '@mastra/core/agent';
import { ChatOpenAI } from '@langchain/openai';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { AgentExecutor, createToolCallingAgent } from 'langchain/agents';
import { z } from 'zod';
import { readFileSync } from 'fs';

const weather = tool({ description: 'x', inputSchema: z.object({}), execute: async () => 'sunny' });

export async function plan(prompt: string) {
  return generateText({
    model: openai('gpt-4o'),
    system: readFileSync('prompts/planner.md', 'utf8'),
    tools: { weather, now: tool({ description: 'y', inputSchema: z.object({}), execute: async () => 1 }) },
    stopWhen: stepCountIs(5),
    prompt,
  });
}
export const chat = (messages: any[]) => streamText({ model: anthropic('claude-sonnet-4-0'), messages, tools: { weather } });
export const noTools = (prompt: string) => generateText({ model: openai('gpt-4o-mini'), prompt });
export const empty = (prompt: string) => generateText({ model: openai('gpt-4o-mini'), prompt, tools: {} });

export const researcher = new Agent({ model: openai('gpt-4.1'), system: 'x', tools: { weather } });

export const supervisor = new Mastra({
  name: 'supervisor',
  instructions: 'x',
  model: 'anthropic/claude-3-5-haiku-latest',
  agents: { },
});
const llm = new ChatOpenAI({ model: 'gpt-4.1-mini' });
const agent = createToolCallingAgent({ llm, tools: [], prompt: null as any });
export const executor = new AgentExecutor({ agent, tools: [] });
