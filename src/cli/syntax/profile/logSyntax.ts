import type { Command } from 'commander';
import { importLog } from '../../commands/profile/importLog.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile log` */
export function addLog(profile: Command, perform: Perform): void {
  profile
    .command('log')
    .description(
      'Read a plain log: times, durations, counts, rates and devices are found by themselves.',
    )
    .argument('<file>', '')
    .option('--pattern <regex>', 'pattern with named groups')
    .addHelpText(
      'after',
      examples(
        ['profile log ingest.log', ''],
        ['profile log - < ingest.log', 'from standard input'],
      ),
    )
    .action(() => perform(importLog));
}
