import type { Command } from 'commander';
import { showRun } from '../../commands/profile/showRun.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile show` */
export function addShow(profile: Command, perform: Perform): void {
  profile
    .command('show')
    .description('Show a run as a tree and a table.')
    .argument('<run>', '')
    .addHelpText('after', examples(['profile show last', '']))
    .action(() => perform(showRun));
}
