import type { Command } from 'commander';
import { showHistory } from '../../commands/profile/showHistory.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile history` */
export function addHistory(profile: Command, perform: Perform): void {
  profile
    .command('history')
    .description('Show the series of a run over time, with its change points.')
    .argument('[series]', '')
    .addHelpText('after', examples(['profile history', '']))
    .action(() => perform(showHistory));
}
