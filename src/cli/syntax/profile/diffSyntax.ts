import type { Command } from 'commander';
import { diffRuns, type DiffFlags } from '../../commands/profile/diffRuns.ts';
import { parseCount } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

const NOTES = `
The waterfall divides the wall time of both runs among their spans: each moment belongs to the
innermost spans that run then, in equal parts. So its steps sum to the difference exactly, also
where work runs side by side; time in which no span runs is a step of its own, (idle).`;

/** `profile diff` */
export function addDiff(profile: Command, perform: Perform): void {
  profile
    .command('diff')
    .description('Explain the difference of two runs, span by span.')
    .argument('<a>', 'the run before: id, beginning of an id, last, or a file that import reads')
    .argument('<b>', 'the run after')
    .option('--top <count>', 'at most so many rows of each table', parseCount, 12)
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ['profile diff 3f2a last', 'two runs of the library'],
        ['profile diff before.json after.json', 'two traces, without keeping them'],
        ['profile diff 3f2a last --json', 'for another program'],
      ),
    )
    .action((a: string, b: string, flags: DiffFlags) =>
      perform((session) => diffRuns(session, [a, b], flags)),
    );
}
