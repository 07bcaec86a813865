import type { Command } from 'commander';
import { diffRuns } from '../../commands/profile/diffRuns.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile diff` */
export function addDiff(profile: Command, perform: Perform): void {
  profile
    .command('diff')
    .description('Explain the difference of two runs, span by span.')
    .argument('<a>', '')
    .argument('<b>', '')
    .addHelpText('after', examples(['profile diff RUN_A RUN_B', '']))
    .action(() => perform(diffRuns));
}
