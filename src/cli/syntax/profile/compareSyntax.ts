import type { Command } from 'commander';
import { compareRuns } from '../../commands/profile/compareRuns.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile compare` */
export function addCompare(profile: Command, perform: Perform): void {
  profile
    .command('compare')
    .description('Decide whether B is slower than A.')
    .argument('<a>', '')
    .argument('<b>', '')
    .option('--stage <stage>', 'only this stage')
    .addHelpText(
      'after',
      examples(["profile compare 'before/*.json' 'after/*.json'", 'two sets of runs']),
    )
    .action(() => perform(compareRuns));
}
