import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { normalQuantile } from '../../src/profiler/stats/normal.ts';
import { MAD_TO_SIGMA, median, medianAbsoluteDeviation } from '../../src/profiler/stats/robust.ts';
import { changeText } from '../../src/profiler/verdict/confirmReason.ts';
import { type DesignResult, evaluate, MOST_CV, type Tally } from './aa/evaluate.ts';
import { collectPool, factsOf, type Pool } from './aa/pool.ts';
import { positive, readOptions } from './support/arguments.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { fixed, percent, table } from './support/table.ts';

const USAGE = `npm run bench -- aa [--cycles N] [--comparisons N] [--pool FILE | --keep FILE] [--json]

Runs a program of five stages again and again, as it is and with one stage made slower, then compares sets of these
runs: how often equals are called different, how often a slowdown is found, and whether the printed smallest visible
effect is the one that is found three times in four. Needs python3. 90 cycles of 21 runs take
some ten minutes on an idle machine.

  --cycles N        default 90
  --comparisons N   comparisons of equals for each size of set, default 500
  --keep FILE       where the runs go (default: a file in the folder for temporary files)
  --pool FILE       judge the runs of an earlier call instead of making new ones
  --json            print one JSON line with everything`;

const options = readOptions(USAGE, {
  cycles: { type: 'string', default: '90' },
  comparisons: { type: 'string', default: '500' },
  keep: { type: 'string' },
  pool: { type: 'string' },
  json: { type: 'boolean', default: false },
});

const SIZES = [7, 10];
const NO_FIGURE = '–';

/** Wilson's interval of 95 %. */
function wilson({ hits, of }: Tally): [number, number] {
  const z = normalQuantile(0.975);
  const share = hits / of;
  const centre = share + z ** 2 / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const whole = 1 + z ** 2 / of;
  return [Math.max(0, (centre - half) / whole), Math.min(1, (centre + half) / whole)];
}

function tallyText(tally: Tally): string {
  if (tally.of === 0) return NO_FIGURE;
  const [low, high] = wilson(tally);
  return `${percent(tally.hits / tally.of)} (${tally.hits} of ${tally.of}; ${percent(low)} to ${percent(high)})`;
}

const machine = lookAtMachine();
const file = options.pool ?? options.keep ?? join(tmpdir(), `earshot-aa-${process.pid}.json`);
let pool: Pool;
if (options.pool === undefined) {
  pool = collectPool(positive('cycles', options.cycles), (done, all) => {
    if (done % 40 === 0) console.error(`${done} of ${all} runs`);
  });
  writeFileSync(file, JSON.stringify(pool));
} else {
  pool = JSON.parse(readFileSync(file, 'utf8')) as Pool;
}
const facts = await factsOf(pool);
const plain = facts.filter((_, i) => pool.runs[i]?.stage === '');
const comparisons = positive('comparisons', options.comparisons);
const designs = SIZES.map((size) => evaluate(pool, facts, size, comparisons));

if (options.json) {
  console.log(JSON.stringify({ machine, file, designs }));
} else {
  console.log(describeMachine(machine));
  console.log(
    `${pool.runs.length} runs in ${fixed(pool.seconds, 0)} s, ${plain.length} of them plain: ${file}\n`,
  );
  console.log(noiseTable());
  for (const design of designs) console.log(designText(design));
}

function noiseTable(): string {
  const stages = [...new Set(plain.flatMap(({ metrics }) => metrics.measured.map((m) => m.stage)))];
  const rows = stages.map((stage) => {
    const values = plain.flatMap(({ metrics }) =>
      metrics.measured.filter((m) => m.stage === stage).flatMap((m) => m.values),
    );
    const centre = median(values);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length);
    const robust = (MAD_TO_SIGMA * medianAbsoluteDeviation(values)) / centre;
    return [stage, fixed(centre * 1000, 1), percent(deviation / mean), percent(robust)];
  });
  return table(['stage', 'median ms', 'CV', 'robust CV'], rows);
}

function designText(design: DesignResult): string {
  const detections = design.detections.map(
    ({ stage, share, trueRatio, cv, found, gated, quiet }) => [
      `${stage} × ${share}`,
      changeText(trueRatio),
      percent(cv),
      tallyText(found),
      tallyText(gated),
      tallyText(quiet.found),
      tallyText(quiet.gated),
    ],
  );
  const calm = `where CV ≤ ${MOST_CV * 100} %`;
  const visible = design.visible.map(({ stage, printed, measured, within }) => [
    stage,
    changeText(1 + printed),
    changeText(1 + measured),
    fixed(printed / measured, 2),
    percent(within),
  ]);
  return [
    `\n${design.size} v ${design.size}`,
    `wrong comparisons (any stage, either way): ${tallyText(design.falseComparisons)}`,
    ...(design.falseGates.of > 0
      ? [`wrong gates (looks at 5, 7, 10): ${tallyText(design.falseGates)}`]
      : []),
    `wrong “slower”: ${tallyText(design.falseSlower)}`,
    `wrong verdicts of all: ${tallyText(design.falseVerdicts)}`,
    '',
    table(
      [
        'slowed',
        'in time',
        'run-to-run CV',
        'found',
        'found by a gate (looks at 5, 7, 10)',
        `found ${calm}`,
        `by a gate ${calm}`,
      ],
      detections,
    ),
    'run-to-run CV: of the plain runs of a comparison, median of all comparisons.',
    '',
    table(
      ['smallest visible', 'printed (median)', 'measured', 'ratio', 'prints within 25 %'],
      visible,
    ),
  ].join('\n');
}
