import type { Command } from 'commander';
import { acceptRuns } from '../../commands/profile/acceptRuns.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile accept` */
export function addAccept(profile: Command, perform: Perform): void {
  profile
    .command('accept')
    .description('Make runs the baseline that later ones are held to.')
    .argument('<run...>', '')
    .addHelpText('after', examples(['profile accept last', '']))
    .action(() => perform(acceptRuns));
}
