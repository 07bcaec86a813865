import type { Command } from 'commander';
import { removeRun } from '../../commands/profile/removeRun.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile remove` */
export function addRemove(profile: Command, perform: Perform): void {
  profile
    .command('remove')
    .description('Remove a run from the library.')
    .argument('<run>', 'id of the run, the beginning of it, or last')
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      examples(['profile remove 3f2a', ''], ['profile remove last --yes', 'without being asked']),
    )
    .action((id: string, flags: { yes?: boolean }) =>
      perform((session) => removeRun(session, id, flags)),
    );
}
