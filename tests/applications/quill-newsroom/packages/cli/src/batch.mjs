import { parseArgs } from 'node:util';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import OpenAI from 'openai';

const argv = yargs(hideBin(process.argv))
  .option('model', { type: 'string', default: 'moonshotai/kimi-k2', describe: 'model of OpenRouter' })
  .option('queue', { type: 'string', default: 'desk/night' })
  .parseSync();

const { values } = parseArgs({
  options: {
    judge: { type: 'string', default: 'gpt-4.1-mini' },
    'dry-run': { type: 'boolean', default: false },
  },
  strict: false,
});

const router = new OpenAI({ baseURL: 'https://openrouter.ai/api/v1', apiKey: process.env.OPENROUTER_API_KEY });
const judge = new OpenAI();

await router.chat.completions.create({ model: argv.model, messages: [] });
await judge.chat.completions.create({ model: values.judge, messages: [] });
