import type { Command } from 'commander';
import { listRuns } from '../../commands/profile/listRuns.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile list` */
export function addList(profile: Command, perform: Perform): void {
  profile
    .command('list')
    .description('List the runs of the library.')
    .option('-n, --limit <count>', 'at most so many')
    .addHelpText('after', examples(['profile list', '']))
    .action(() => perform(listRuns));
}
