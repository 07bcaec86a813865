import type { Command } from 'commander';
import { importRuns } from '../../commands/profile/importRuns.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile import` */
export function addImport(profile: Command, perform: Perform): void {
  profile
    .command('import')
    .description('Read traces, profiles, benchmark results or logs of any program.')
    .argument('<file...>', '')
    .option('--as <format>', 'format, where it cannot be told')
    .option('--merge', 'all files are one run, on one clock')
    .option('--name <name>', 'name of the run (default: the file’s)')
    .addHelpText(
      'after',
      examples(
        ['profile import trace.json', ''],
        ['profile import node1.otlp.json node2.otlp.json --merge', 'one run of several files'],
      ),
    )
    .action(() => perform(importRuns));
}
