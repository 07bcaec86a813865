import type { Command } from 'commander';
import { removeRun } from '../../commands/profile/removeRun.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile remove` */
export function addRemove(profile: Command, perform: Perform): void {
  profile
    .command('remove')
    .description('Remove a run.')
    .argument('<run>', '')
    .addHelpText('after', examples(['profile remove RUN', '']))
    .action(() => perform(removeRun));
}
