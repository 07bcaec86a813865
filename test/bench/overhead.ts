import { join } from 'node:path';
import {
  isEquivalent,
  isGreater,
  type RatioRule,
  ratioTest,
  type RatioTest,
} from '../../src/profiler/stats/ratioTest.ts';
import { positive, readOptions } from './support/arguments.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { measure } from './support/measuredProcess.ts';
import { builtCli } from './support/places.ts';
import { median } from './support/statistics.ts';
import { fixed, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const USAGE = `node test/bench/overhead.ts [options]
What \`profile run\` costs a program that only computes, on one thread: without it and with it, A B B A.
  --seconds N  length of the program (30)
  --pairs N    runs of either side (7)
  --json       one JSON line instead of a table`;

const options = readOptions(USAGE, {
  seconds: { type: 'string', default: '30' },
  pairs: { type: 'string', default: '7' },
  json: { type: 'boolean', default: false },
});

/** Works off a number of rounds, and says how long that took by the clock and by the processor. */
const PROGRAM = `import json, sys, time
wall, cpu = time.perf_counter(), time.process_time()
total = 0
for i in range(int(sys.argv[1])): total += i * i % 7
print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))`;

/** A slowdown below this does not count: the cost that \`run\` may have. */
const RULE: RatioRule = { alpha: 0.05, threshold: 1.01, confidence: 0.9 };

interface Figures {
  /** Of the program, by its own clock. */
  readonly wall: number;
  readonly cpu: number;
  /** Of the whole command, from its start to its end. */
  readonly command: number;
}

const cli = builtCli();
const machine = lookAtMachine();
using folder = temporaryFolder(false);
const pairs = positive('pairs', options.pairs);
const trial = 2_000_000;
const perSecond = trial / (await once(trial, false)).cpu;
const rounds = Math.round(perSecond * positive('seconds', options.seconds));
/** Which of the runs in turn were with `run`. */
const order: boolean[] = [];
const without: Figures[] = [];
const withRun: Figures[] = [];
for (let done = 0; done < pairs; done += 1) {
  for (const profiled of done % 2 === 0 ? [false, true] : [true, false]) {
    (profiled ? withRun : without).push(await once(rounds, profiled));
    order.push(profiled);
  }
}

const report = {
  benchmark: 'overhead',
  at: new Date().toISOString(),
  machine,
  options,
  figures: (['wall', 'cpu', 'command'] as const).map(compared),
};
if (options.json) console.log(JSON.stringify(report));
else print();

async function once(work: number, profiled: boolean): Promise<Figures> {
  const program = ['python3', '-c', PROGRAM, String(work)] as const;
  const run = [cli, '--home', join(folder.path, 'home'), 'profile', 'run', '-q', '--', ...program];
  const measured = profiled
    ? await measure(process.execPath, run, {})
    : await measure(program[0], program.slice(1), {});
  const [wall = NaN, cpu = NaN] = JSON.parse(measured.stdout.trim()) as number[];
  return { wall, cpu, command: measured.wallSeconds };
}

function compared(name: keyof Figures) {
  const a = without.map((each) => each[name]);
  const b = withRun.map((each) => each[name]);
  const test = ratioTest(a, b, RULE, order);
  const verdict = isGreater(test, test.greater, RULE)
    ? 'slower'
    : isEquivalent(test, RULE)
      ? 'same'
      : 'inconclusive';
  const { value, low, high } = test.ratio;
  return {
    name,
    without: a,
    with: b,
    ratio: value,
    interval: [low, high],
    p: test.greater,
    verdict,
    costs: costs(test),
  };
}

/**
 * Whether it costs at most so much, at 5 %: whether the upper end of the interval is at most the threshold. `more` where it
 * is surely beyond that, as the lower end is.
 */
function costs({ ratio: { low, high } }: RatioTest): 'at most 1 %' | 'more' | 'not sure' {
  if (high <= RULE.threshold) return 'at most 1 %';
  return low > RULE.threshold ? 'more' : 'not sure';
}

function print(): void {
  const percent = (ratio: number): string => `${((ratio - 1) * 100).toFixed(2)} %`;
  console.log(`${describeMachine(machine)}\n`);
  console.log(
    table(
      [
        'figure',
        'without',
        'with',
        'effect',
        `${RULE.confidence * 100} % interval`,
        'p',
        'either way',
        'costs (one-sided, 5 %)',
      ],
      report.figures.map(({ name, without: a, with: b, ratio, interval, p, verdict, costs }) => [
        { wall: 'program, wall s', cpu: 'program, CPU s', command: 'whole command, wall s' }[name],
        fixed(median(a)),
        fixed(median(b)),
        percent(ratio),
        interval.map(percent).join(' … '),
        p.toFixed(3),
        verdict,
        costs,
      ]),
    ),
  );
  console.log(
    `\n${pairs} runs each, A B B A; “same”: the whole interval lies within 1 %; “at most 1 %”: its upper end does.`,
  );
}
