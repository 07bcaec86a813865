import { type Command, Option } from 'commander';
import { runCommand, type RunFlags } from '../../commands/profile/runCommand.ts';
import { parseName, parseSize } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

const NOTES = `
The program's output passes through unchanged, and its exit code is passed on. What it prints
goes through a pipe: programs then leave out colours and bars, and some print late (for Python:
PYTHONUNBUFFERED=1). --terminal gives it the terminal itself; its lines are then not kept.
With --json the program's stdout goes to stderr, so that stdout holds JSON lines only.`;

/** `profile run` */
export function addRun(profile: Command, perform: Perform): void {
  profile
    .command('run')
    .description('Run a program unchanged and profile it; its exit code is passed on.')
    .usage('[options] -- <command...>')
    .argument('<command...>', 'program and arguments; no shell sees them')
    .addOption(
      new Option('--name <name>', 'name of the run (default: the command’s)').argParser(parseName),
    )
    .addOption(
      new Option(
        '--series <name>',
        'history that the run belongs to (default: its name)',
      ).argParser(parseName),
    )
    .option('--cwd <dir>', 'folder to run in')
    .option('--sample', 'attach the sampler of the program’s language, as far as it is installed')
    .addOption(
      new Option(
        '--min-file-size <bytes>',
        'files from this size on are watched: 500000, 64k, 10M (default: 1M)',
      ).argParser(parseSize),
    )
    .option('--no-files', 'do not watch which files are read')
    .option('--no-otel', 'do not offer a receiver for spans (OTEL_* variables)')
    .option('--terminal', 'give the program the terminal itself; its output is not kept')
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ['profile run -- python3 job.py', ''],
        ['profile run --name nightly -- make all', 'runs of one name have one history'],
        ['profile run --sample -- node server.js', 'with call stacks'],
        ['profile run --json -- ./job | tail -n 1', 'the result for another program'],
      ),
    )
    .action((command: string[], flags: RunFlags) =>
      perform((session) => runCommand(session, command, flags)),
    );
}
