import { alignRuns } from '../../src/profiler/diff/alignRuns.ts';
import { diffRuns } from '../../src/profiler/diff/diffRuns.ts';
import {
  type Perturbation,
  perturbed,
  plannedTrace,
  runOf,
  truthOf,
} from '../helpers/perturbedTraces.ts';
import { positive, readOptions } from './support/arguments.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { fixed, percent, table } from './support/table.ts';

const USAGE = `node test/bench/diffTraces.ts [options]
Aligns a trace with changed copies of itself of which the truth is known: how many pairs are right, and how long it
takes. “all keyed” has attributes on every level that tell siblings apart; in the others half of the spans have none.
  --spans N  spans of the trace (100000)
  --seed N   of trace and changes (7)
  --json     one JSON line instead of a table`;

const options = readOptions(USAGE, {
  spans: { type: 'string', default: '100000' },
  seed: { type: 'string', default: '7' },
  json: { type: 'boolean', default: false },
});

const EVERYTHING: Perturbation = {
  shuffle: true,
  dropShare: 0.05,
  insertShare: 0.05,
  jitter: 0.05,
};
const CHANGES: readonly (readonly [string, boolean, Perturbation])[] = [
  ['none', false, {}],
  ['jitter of 5 %', false, { jitter: 0.05 }],
  [
    'jitter of 30 %, 5 % lost, 5 % added',
    false,
    { jitter: 0.3, dropShare: 0.05, insertShare: 0.05 },
  ],
  ['5 % lost, children without a parent', false, { dropShare: 0.05, jitter: 0.05, orphans: true }],
  ['siblings shuffled', false, { shuffle: true, jitter: 0.05 }],
  ['shuffled, 5 % lost, 5 % added, all keyed', true, EVERYTHING],
  ['shuffled, 5 % lost, 5 % added', false, EVERYTHING],
];

const hardware = describeMachine(lookAtMachine());
const spans = positive('spans', options.spans);
const seed = positive('seed', options.seed);
const rows = CHANGES.map(([name, keys, change]) => {
  const plan = plannedTrace(spans, seed, { keys });
  const a = runOf([plan]);
  const b = runOf(perturbed(plan, change, seed + 1));
  let startedAt = performance.now();
  const { pairA, pairB } = alignRuns(a, b);
  const alignSeconds = (performance.now() - startedAt) / 1000;
  startedAt = performance.now();
  diffRuns(a, b);
  const diffSeconds = (performance.now() - startedAt) / 1000;
  const [truthA, truthB] = [truthOf(a), truthOf(b)];
  const inB = new Set(truthB);
  const common = truthA.filter((truth) => inB.has(truth)).length;
  const right = pairA.filter((span, i) => truthA[span] === truthB[pairB[i] ?? -1]).length;
  return { name, right: right / pairA.length, found: right / common, alignSeconds, diffSeconds };
});

if (options.json) console.log(JSON.stringify({ hardware, spans, rows }));
else {
  console.log(`${hardware}\n${spans} spans a side\n`);
  console.log(
    table(
      ['change', 'pairs right', 'of those there are', 'align s', 'whole diff s'],
      rows.map((row) => [
        row.name,
        percent(row.right),
        percent(row.found),
        fixed(row.alignSeconds),
        fixed(row.diffSeconds),
      ]),
    ),
  );
}
