import type { Command } from 'commander';
import { showRun, type ShowFlags } from '../../commands/profile/showRun.ts';
import { parseCount } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile show` */
export function addShow(profile: Command, perform: Perform): void {
  profile
    .command('show')
    .description('Show what is in a run: the tree of its spans, counters, kinds of log lines.')
    .argument('<run>', 'id of the run, the beginning of it, or last')
    .option('--depth <levels>', 'at most so many levels of the tree', parseCount, 6)
    .option('--top <count>', 'at most so many spans below one', parseCount, 10)
    .addHelpText(
      'after',
      examples(
        ['profile show last', 'the newest run'],
        ['profile show 3f2a --depth 20', 'deeper'],
        ['profile show last --json', 'for another program'],
      ),
    )
    .action((id: string, flags: ShowFlags) => perform((session) => showRun(session, id, flags)));
}
