import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ImportFlags, importRuns } from '../../commands/profile/importRuns.ts';
import { parseName } from '../../optionValues.ts';
import { IMPORT_FORMATS, type ImportFormat } from '../../../profiler/importers/importer.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** Other words for formats, as people and tools call them. */
const ALIASES: Readonly<Record<string, ImportFormat>> = {
  otlp: 'otlp-json',
  opentelemetry: 'otlp-json',
  'otlp-proto': 'otlp-protobuf',
  chrome: 'chrome-trace',
  'trace-event': 'chrome-trace',
  viztracer: 'chrome-trace',
  v8: 'cpuprofile',
  folded: 'collapsed',
  flamegraph: 'collapsed',
  'firefox-profiler': 'firefox',
  samply: 'firefox',
  perf: 'perf-script',
  pstats: 'cprofile',
  prof: 'cprofile',
  gobench: 'go-bench',
  'go-test': 'go-bench',
  pytest: 'pytest-benchmark',
};

const NOTES = `
The format is told by the content: ${IMPORT_FORMATS.join(', ')}.
Files may be compressed with gzip or zlib, and be UTF-16. A folder stands for the files in it, but
for sources and what builds them; - stands for standard input. What of a file can be read is read;
the rest is listed with its byte offset, and the exit code is 3. With --merge, times that have a
date are aligned by it; the other files begin together with the run.`;

/** `profile import` */
export function addImport(profile: Command, perform: Perform): void {
  profile
    .command('import')
    .description('Read traces, profiles, benchmark results or logs of any program.')
    .argument('<file...>', 'files, folders, quoted globs, or - for standard input')
    .addOption(
      new Option('--as <format>', 'the format, where it cannot be told').argParser(parseFormat),
    )
    .option('--merge', 'all files are one run, on one clock')
    .addOption(
      new Option('--name <name>', 'name of the run (default: the file’s)').argParser(parseName),
    )
    .addOption(
      new Option(
        '--series <name>',
        'history that the run belongs to (default: its name)',
      ).argParser(parseName),
    )
    .addOption(
      new Option(
        '--sample-type <type>',
        'of a pprof with several: cpu, alloc_space, inuse_space, …',
      ).argParser(parseName),
    )
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ['profile import trace.json', ''],
        ['profile import heap.pb.gz --sample-type inuse_space', 'one of the values of a pprof'],
        ['profile import node1.otlp.json node2.otlp.json --merge', 'one run of several files'],
        ["profile import 'runs/*.json' --series nightly", 'a run a file, in one history'],
        ['profile import - --as collapsed < stacks.txt', 'from standard input'],
      ),
    )
    .action((files: string[], flags: ImportFlags) =>
      perform((session) => importRuns(session, files, flags)),
    );
}

/** A format by its name or another word for it. */
export function parseFormat(text: string): ImportFormat {
  const word = text.toLowerCase();
  const format = IMPORT_FORMATS.find((each) => each === word) ?? ALIASES[word];
  if (format === undefined) {
    throw new InvalidArgumentError(`It is one of: ${IMPORT_FORMATS.join(', ')}.`);
  }
  return format;
}
