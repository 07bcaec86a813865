import type { Command } from 'commander';
import { bisectCommand } from '../../commands/profile/bisectCommand.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile bisect` */
export function addBisect(profile: Command, perform: Perform): void {
  profile
    .command('bisect')
    .description('Find the commit that made a command slower.')
    .argument('<command...>', '')
    .option('--good <ref>', 'commit that was fast')
    .option('--bad <ref>', 'commit that is slow')
    .addHelpText('after', examples(['profile bisect --good v1.0 --bad HEAD -- python3 job.py', '']))
    .action(() => perform(bisectCommand));
}
