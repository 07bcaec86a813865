import { type Command, Option } from 'commander';
import { parseCount, parseName } from '../../optionValues.ts';

/** Options of every command that runs a command at several commits. */
export function commandOptions(command: Command): Command {
  return command
    .option('--stage <stage>', 'only this stage (may be repeated); run is the whole', collect)
    .option('--setup <command>', 'command line that prepares a checked-out commit, by a shell')
    .option(
      '--link <path>',
      'path of the checkout to link into it (may be repeated): node_modules, .env',
      collect,
    )
    .addOption(
      new Option('--name <name>', 'name of the series (default: the command’s)').argParser(
        parseName,
      ),
    )
    .option('--config <file>', 'configuration (default: earshot.config.json of this folder)');
}

/** For an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Runs that fill caches and do not count. */
export function warmUpOption(command: Command): Command {
  return command.addOption(
    new Option('--warm-up <count>', 'runs of each commit that do not count')
      .argParser((text: string) => (text.trim() === '0' ? 0 : parseCount(text)))
      .default(1),
  );
}
