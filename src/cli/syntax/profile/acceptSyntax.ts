import type { Command } from 'commander';
import { type AcceptFlags, acceptRuns } from '../../commands/profile/acceptRuns.ts';
import { parseName } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

const NOTES = `
A baseline is what later runs of the same series are held to: compare @baseline last screens a run against the last
ten accepted ones, of five sessions at least. Accept runs that are as they should be, now and then new ones.`;

/** `profile accept` */
export function addAccept(profile: Command, perform: Perform): void {
  profile
    .command('accept')
    .description('Make runs the baseline that later ones are held to.')
    .argument('<run...>', 'ids of runs, beginnings of them, or last')
    .option('--note <text>', 'why, for the history', parseName)
    .option('--withdraw', 'take the acceptance back')
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ['profile accept last', ''],
        ['profile accept 3f2a 77b1 --note "batch of 32"', 'with the reason'],
        ['profile accept 3f2a --withdraw', 'no baseline any more'],
      ),
    )
    .action((runs: string[], flags: AcceptFlags) =>
      perform((session) => acceptRuns(session, runs, flags)),
    );
}
