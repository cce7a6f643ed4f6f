#!/usr/bin/env node
import { Command, Option } from 'commander';
import OpenAI from 'openai';
import ollama from 'ollama';

const program = new Command()
  .name('quill')
  .option('-m, --model <name>', 'model that writes', 'gpt-4o-mini')
  .option('--style <style>', 'house style', 'guardian/long')
  .addOption(new Option('--local <name>', 'model of Ollama').default('llama3.2:3b'))
  .parse();

const opts = program.opts();

async function main() {
  const client = new OpenAI();
  const answer = await client.chat.completions.create({
    model: opts.model,
    messages: [{ role: 'user', content: program.args.join(' ') }],
  });
  console.log(answer.choices[0].message.content);
  const draft = await ollama.chat({ model: opts.local, messages: [{ role: 'user', content: 'Hello' }] });
  console.log(draft.message.content);
}

main();
