import { Command, Option } from 'commander';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { parseArgs } from 'node:util';
import minimist from 'minimist';
import meow from 'meow';
import { defineCommand } from 'citty';
import OpenAI from 'openai';

const client = new OpenAI();
const ask = (model: string) => client.chat.completions.create({ model, messages: [] });

const program = new Command();
program.option('-m, --model <name>', 'model', 'gpt-4o-mini').option('--folder <path>', 'folder', 'notes/all');
program.addOption(new Option('--judge-model <name>', 'judge').default('gpt-4.1-nano').env('JUDGE'));
program
  .command('write')
  .option('--writer [name]', 'writer', 'gpt-4o')
  .action(async (options) => {
    await ask(options.writer);
  });
program.parse();
const { model, judgeModel } = program.opts();
ask(model);
ask(judgeModel);

const argv = yargs(hideBin(process.argv)).options({ editor: { type: 'string', default: 'gpt-4.1' } }).parseSync();
ask(argv.editor);

const { values } = parseArgs({ options: { 'base-model': { type: 'string', default: 'gpt-5' } } });
ask(values['base-model']!);

const given = minimist(process.argv.slice(2), { default: { small: 'gpt-5-nano' } });
ask(given.small);

const cli = meow('help', { importMeta: import.meta, flags: { large: { type: 'string', default: 'o3' } } });
ask(cli.flags.large);

export default defineCommand({
  args: { reviewer: { type: 'string', default: 'o4-mini' } },
  async run({ args }) {
    await ask(args.reviewer);
  },
});

ask(process.argv[2]);
