import { type Command, Option } from 'commander';
import { type ListFlags, listRuns } from '../../commands/profile/listRuns.ts';
import { parseCount, parseName } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile list` */
export function addList(profile: Command, perform: Perform): void {
  profile
    .command('list')
    .description('List the runs of the library, the newest first.')
    .addOption(new Option('-n, --limit <count>', 'at most so many').argParser(parseCount))
    .addOption(new Option('--series <name>', 'runs of one history only').argParser(parseName))
    .addHelpText(
      'after',
      examples(
        ['profile list', ''],
        ['profile list --series nightly -n 5', 'the last five of one history'],
      ),
    )
    .action((flags: ListFlags) => perform((session) => listRuns(session, flags)));
}
