import OpenAI, { AzureOpenAI } from 'openai';
import { ChatOpenAI, AzureChatOpenAI } from '@langchain/openai';
import { createOpenAI } from '@ai-sdk/openai';
import { createGroq } from '@ai-sdk/groq';
import { createAzure } from '@ai-sdk/azure';
import { generateText } from 'ai';
import Anthropic from '@anthropic-ai/sdk';

const config = { baseURL: process.env.LLM_URL || 'https://api.deepseek.com', apiKey: 'x' };
const client = new OpenAI(config);
client.chat.completions.create({ model: 'deepseek-reasoner', messages: [] });

class Bot {
  private openai: OpenAI;
  constructor() { this.openai = new OpenAI({ baseURL: 'https://api.perplexity.ai' }); }
  ask() { return this.openai.chat.completions.create({ model: 'sonar-pro', messages: [] }); }
}
const m = new ChatOpenAI({ model: 'anthropic/claude-3.5-sonnet', configuration: { baseURL: 'https://openrouter.ai/api/v1' } });
const az = new AzureOpenAI({ endpoint: 'https://x.openai.azure.com', deployment: 'dep-1', apiVersion: 'x' });
az.chat.completions.create({ model: 'dep-1', messages: [] });
const az2 = new AzureChatOpenAI({ azureOpenAIApiDeploymentName: 'dep-2' });
const azure = createAzure({ resourceName: 'x' });
generateText({ model: azure('dep-3'), prompt: '' });
const groq = createGroq({});
generateText({ model: groq('llama-3.1-8b-instant'), prompt: '' });
const local = createOpenAI({ baseURL: 'http://localhost:11434/v1' });
generateText({ model: local.chat('gemma2:2b'), prompt: '' });
const a = new Anthropic({ baseURL: 'https://api.moonshot.ai/anthropic' });
a.messages.create({ model: 'kimi-k2-0711-preview', max_tokens: 1, messages: [] });
