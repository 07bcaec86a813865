import { type Command, Option } from 'commander';
import { RunFormat, TranscriptFormat } from '../../protocol/library.ts';
import { list } from '../commands/list.ts';
import { remove } from '../commands/remove.ts';
import { report } from '../commands/report.ts';
import { search } from '../commands/search.ts';
import { show } from '../commands/show.ts';
import { parseCount, parseName } from '../optionValues.ts';
import type { Perform } from '../perform.ts';
import { examples } from './examples.ts';

/** What reads and changes the library: `list`, `show`, `search`, `remove`, `report`. */
export function addLibraryCommands(program: Command, perform: Perform): void {
  program
    .command('list')
    .description('List the videos of the library.')
    .addHelpText('after', examples(['list', ''], ['list --json', 'for another program']))
    .action(() => perform(list));
  program
    .command('show')
    .description('Print a transcript.')
    .argument('<id>', 'id of the video, as list shows it')
    .addOption(
      new Option('-f, --format <format>', 'format (default: md)').choices(TranscriptFormat.options),
    )
    .addHelpText(
      'after',
      examples(['show ID', ''], ['show ID --format srt > talk.srt', 'make subtitles']),
    )
    .action((id: string, flags: { format?: TranscriptFormat }) =>
      perform((session) => show(session, id, flags)),
    );
  program
    .command('search')
    .description('Find where something was said.')
    .argument('<text...>', 'words to look for')
    .option('--semantic', 'search by meaning instead of by words')
    .option('-n, --limit <count>', 'at most so many places', parseCount, 20)
    .addHelpText(
      'after',
      examples(
        ['search speaker diarisation', ''],
        ['search --semantic "why is it slow"', 'by meaning'],
      ),
    )
    .action((words: string[], flags: { semantic?: boolean; limit: number }) =>
      perform((session) => search(session, words.join(' '), flags)),
    );
  program
    .command('remove')
    .description('Remove a video with all that was made from it; a source file stays.')
    .argument('<id>', 'id of the video, as list shows it')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', examples(['remove ID', ''], ['remove ID --yes', 'without a question']))
    .action((id: string, flags: { yes?: boolean }) =>
      perform((session) => remove(session, id, flags)),
    );
  program
    .command('report')
    .description('Show or export the recorded run of a video.')
    .argument('<id>', 'id of the video or of the run')
    .addOption(
      new Option('-f, --format <format>', 'format').choices(RunFormat.options).default('md'),
    )
    .option('-o, --output <file>', 'write to a file', parseName)
    .addHelpText(
      'after',
      examples(
        ['report ID', 'the stage table'],
        ['report ID --format otlp -o run.json', 'for an OpenTelemetry collector'],
        ['report ID --format chrome -o run.trace.json', 'for a trace viewer'],
      ),
    )
    .action((id: string, flags: { format: RunFormat; output?: string }) =>
      perform((session) => report(session, id, flags)),
    );
}
