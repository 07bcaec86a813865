import type { Command } from 'commander';
import { reportRun } from '../../commands/profile/reportRun.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile report` */
export function addReport(profile: Command, perform: Perform): void {
  profile
    .command('report')
    .description('Say what is wrong with a run, where, and what to do.')
    .argument('<run>', '')
    .option('-f, --format <format>', 'md, json or issue')
    .addHelpText(
      'after',
      examples(
        ['profile report last', ''],
        ['profile report last --format issue > issue.md', 'a ready bug report'],
      ),
    )
    .action(() => perform(reportRun));
}
