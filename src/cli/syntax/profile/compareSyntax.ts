import { type Command, InvalidArgumentError, Option } from 'commander';
import { COMPARE_DEFAULTS } from '../../../profiler/verdict/compareOptions.ts';
import { type CompareFlags, compareRuns } from '../../commands/profile/compareRuns.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';
import { parseAlpha, parseShare } from '../../optionValues.ts';
import { parseFormat } from './importSyntax.ts';

const NOTES = `
A and B are, comma-separated: ids of runs, last, files, folders, quoted globs (each file is one run, and not
stored), @SERIES for the accepted runs of a series, or @baseline for those of the other side's series.

Verdicts: ▲ slower (or worse), ▼ faster, = same (the interval lies inside of the threshold), ? inconclusive,
○ withheld (less was done, so times mean nothing). Exact figures such as loads need one run of each; times need 3,
better 7, and runs that took turns (A B B A). All of these must hold for slower: the exact one-sided p of Mann and
Whitney, adjusted for all times together, is at most alpha; the ratio reaches the threshold; the shift is at
least 50 ms or 1 % of the run; the 90 % interval excludes 1. “Sees” is the smallest change that such runs show three
times in four. Accepted runs are of other days: against them times are only screened, and never called slower.
Ratios in --json are B / A: 1.2 is 20 % more, also in smallestVisible.

Exit codes with --exit-code (without it 0 for each verdict, 2 for wrong usage):
  0    same or faster
  1    slower
  2    inconclusive or withheld
  4    no such run or file
  8    no verdict: a file cannot be read, or wrong usage`;

/** `profile compare` */
export function addCompare(profile: Command, perform: Perform): void {
  profile
    .command('compare')
    .description('Decide whether B is slower than A.')
    .argument('<a>', 'runs before')
    .argument('<b>', 'runs after')
    .addOption(
      new Option(
        '--stage <stage>',
        'only this stage (may be given again); run is the whole',
      ).argParser(collect),
    )
    .addOption(
      new Option(
        '--metric <metric>',
        'only this metric: seconds, cpu-seconds, loads:… (again)',
      ).argParser(collect),
    )
    .addOption(
      new Option('--threshold <percent>', 'the least change that matters')
        .argParser(parseChange)
        .default(COMPARE_DEFAULTS.threshold, '10%'),
    )
    .addOption(
      new Option('--alpha <chance>', 'chance of a false alarm in one direction')
        .argParser(parseAlpha)
        .default(COMPARE_DEFAULTS.alpha, '1%'),
    )
    .addOption(
      new Option('--confidence <share>', 'of the intervals')
        .argParser(parseConfidence)
        .default(COMPARE_DEFAULTS.confidence, '0.9'),
    )
    .addOption(
      new Option('--as <format>', 'the format of files, where it cannot be told').argParser(
        parseFormat,
      ),
    )
    .option('--across-environments', 'compare times although machine or settings differ')
    .option('--exit-code', 'end with 1 for slower, 2 for inconclusive or withheld')
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ["profile compare 'before/*.json' 'after/*.json'", 'two sets of runs'],
        ['profile compare before/ after/ --stage embed', 'folders, one stage'],
        ['profile compare 3f2a,77b1,90cc d1e0,aa42,b6f3', 'runs of the library'],
        ['profile compare @baseline last', 'the newest run and what was accepted'],
        ['profile compare a.json b.json --metric seconds --threshold 20%', ''],
      ),
    )
    .action((a: string, b: string, flags: CompareFlags) =>
      perform((session) => compareRuns(session, a, b, flags)),
    );
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** `10%` or `0.1` as the ratio 1.1. */
function parseChange(text: string): number {
  const change = parseShare(text);
  if (!(change > 0) || change > 10) {
    throw new InvalidArgumentError('It is a change above 0 and up to 1000%, such as 10%.');
  }
  return 1 + change;
}

function parseConfidence(text: string): number {
  const confidence = Number(text);
  if (!(confidence >= 0.5 && confidence < 1)) {
    throw new InvalidArgumentError('It is a share from 0.5 to below 1, such as 0.9.');
  }
  return confidence;
}
