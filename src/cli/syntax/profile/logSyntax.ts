import { type Command, Option } from 'commander';
import { type LogFlags, importLog } from '../../commands/profile/importLog.ts';
import { parseName } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

const NOTES = `
A pattern is a regular expression with any of these named groups: ts (time), name, event (start,
end, point), dur (duration), id, thread, and key_… for attributes. Starts and ends pair by thread,
id and name. Patterns of the folder's earshot.config.json ("logPatterns") are tried after those
given here. They are matched in linear time, so they have no lookaround and no back-references.
Of a program as it runs:  ./job 2>&1 | earshot profile log -
Exit code 3: some of the log could not be read.`;

/** `profile log` */
export function addLog(profile: Command, perform: Perform): void {
  profile
    .command('log')
    .description(
      'Read a plain log: times, durations, counts, rates and devices are found by themselves.',
    )
    .argument('<file>', 'file, also gzipped, or - for standard input')
    .addOption(
      new Option('--name <name>', 'name of the run (default: the file’s)').argParser(parseName),
    )
    .addOption(
      new Option(
        '--series <name>',
        'history that the run belongs to (default: its name)',
      ).argParser(parseName),
    )
    .option(
      '--pattern <regex>',
      'pattern of lines with named groups; may be given again',
      (each: string, all: readonly string[] | undefined) => [...(all ?? []), each],
    )
    .option('--unmatched', 'list lines that nothing was found in')
    .option('--templates', 'list all kinds of lines, not only the most frequent')
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ['profile log ingest.log', ''],
        ['profile log - < ingest.log', 'from standard input'],
        ['profile log app.log --templates', 'everything that it says'],
        [
          String.raw`profile log x.log --pattern "(?<ts>\S+) (?<event>begin|end) (?<name>\w+)"`,
          'pairs of lines',
        ],
      ),
    )
    .action((file: string, flags: LogFlags) =>
      perform((session) => importLog(session, file, flags)),
    );
}
