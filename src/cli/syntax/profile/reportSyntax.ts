import { type Command, Option } from 'commander';
import { REPORT_FORMATS, type ReportFlags, reportRun } from '../../commands/profile/reportRun.ts';
import { parseName } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile report` */
export function addReport(profile: Command, perform: Perform): void {
  profile
    .command('report')
    .description('Say what is wrong with a run, on which line, what it costs and how to mend it.')
    .argument('<run>', 'id of the run, the beginning of it, or last')
    .addOption(
      new Option(
        '-f, --format <format>',
        'md: everything; issue: a ready bug report; json: for programs',
      )
        .choices(REPORT_FORMATS)
        .default('md'),
    )
    .option('-o, --output <file>', 'write to a file', parseName)
    .option('--workspace <dir>', 'folder with the sources (default: this one)', parseName)
    .option('--baseline <run>', 'run to hold it against (default: the newest accepted)', parseName)
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit with 1 where a finding is at least so severe',
      ).choices(['info', 'warning', 'error']),
    )
    .addHelpText(
      'after',
      examples(
        ['profile report last', 'the newest run'],
        ['profile report last --format issue -o issue.md', 'a ready bug report'],
        ['profile report 3f2a --workspace ../service', 'sources elsewhere'],
        ['profile report last --fail-on error', 'for continuous integration'],
      ),
    )
    .action((id: string, flags: ReportFlags) =>
      perform((session) => reportRun(session, id, flags)),
    );
}
