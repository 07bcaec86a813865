import type { Command } from 'commander';
import { gateCommand } from '../../commands/profile/gateCommand.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile gate` */
export function addGate(profile: Command, perform: Perform): void {
  profile
    .command('gate')
    .description('Decide whether a command got slower than at another commit.')
    .argument('<command...>', '')
    .option('--baseline <ref>', 'commit to compare with')
    .addHelpText('after', examples(['profile gate --baseline main -- npm run job', '']))
    .action(() => perform(gateCommand));
}
