import type { Command } from 'commander';
import { runCommand } from '../../commands/profile/runCommand.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile run` */
export function addRun(profile: Command, perform: Perform): void {
  profile
    .command('run')
    .description('Run a program unchanged and profile it; its exit code is passed on.')
    .argument('<command...>', '')
    .option('--name <name>', 'name of the run (default: the program’s)')
    .option('--sample', 'attach the sampler of the program’s language')
    .addHelpText(
      'after',
      examples(
        ['profile run -- python3 job.py', ''],
        ['profile run --sample -- node server.js', 'with call stacks'],
      ),
    )
    .action(() => perform(runCommand));
}
