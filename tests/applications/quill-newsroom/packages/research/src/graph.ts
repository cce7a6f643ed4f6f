import { ChatAnthropic } from '@langchain/anthropic';
import { ChatOllama, OllamaEmbeddings } from '@langchain/ollama';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { tool } from '@langchain/core/tools';
import { InferenceClient } from '@huggingface/inference';
import { z } from 'zod';

const archive = tool(async ({ query }) => `no article about ${query}`, {
  name: 'search_archive',
  description: 'Searches the archive',
  schema: z.object({ query: z.string() }),
});

const llm = new ChatAnthropic({ model: 'claude-3-5-haiku-latest', temperature: 0 });

export const archivist = createReactAgent({ llm, tools: [archive], name: 'archivist' });

export const small = new ChatOllama({ model: 'phi4-mini', baseUrl: 'http://ollama:11434' });
export const vectors = new OllamaEmbeddings({ model: 'mxbai-embed-large' });

const hf = new InferenceClient(process.env.HF_TOKEN);

export const translate = (text: string) =>
  hf.translation({ model: 'facebook/nllb-200-distilled-600M', inputs: text, provider: 'hf-inference' });

export const caption = (url: string) =>
  hf.chatCompletion({
    model: 'Qwen/Qwen2.5-VL-7B-Instruct',
    provider: 'hyperbolic',
    messages: [{ role: 'user', content: url }],
  });
