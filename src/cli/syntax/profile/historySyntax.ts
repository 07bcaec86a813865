import type { Command } from 'commander';
import { type HistoryFlags, showHistory } from '../../commands/profile/showHistory.ts';
import { parseCount, parseName } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

const NOTES = `
Changes of level are found by E-divisive means with a t test (window 50, p ≤ 0.001), as Apache Otava does; those
below 10 % are left out. Runs that were accepted are marked.`;

/** `profile history` */
export function addHistory(profile: Command, perform: Perform): void {
  profile
    .command('history')
    .description('Show a figure over the runs of a series, with its changes of level.')
    .argument('[series]', 'the series (default: list them)')
    .option('--stage <stage>', 'the stage (default: the whole run)', parseName)
    .option(
      '--metric <metric>',
      'the metric: seconds, cpu-seconds, loads:… (default: seconds)',
      parseName,
    )
    .option('-n, --limit <count>', 'the newest so many runs', parseCount, 200)
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ['profile history', 'the series there are'],
        ['profile history nightly', 'how long its runs took'],
        ['profile history nightly --stage embed --json', 'for a chart'],
      ),
    )
    .action((series: string | undefined, flags: HistoryFlags) =>
      perform((session) => showHistory(session, series, flags)),
    );
}
