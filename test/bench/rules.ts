import { basename, dirname } from 'node:path';
import { allCases } from './rules/cases.ts';
import { type CaseResult, scoreRules } from './rules/score.ts';
import { readOptions } from './support/arguments.ts';
import { percent, table } from './support/table.ts';

const USAGE = `node test/bench/rules.ts [options]
Runs the diagnosis rules over runs with a known fault and over runs without one.
  --misses     what was missed, what was a false alarm, and seconds that are off
  --json       one JSON line instead of tables`;

const options = readOptions(USAGE, {
  misses: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});

const score = await scoreRules(allCases());
const { results, ...figures } = score;
const nameOf = ({ case: { file } }: CaseResult): string =>
  `${basename(dirname(file))}/${basename(file)}`;
const misses = results.filter(({ missed }) => missed.length > 0);
const alarms = results.filter(({ falseAlarms }) => falseAlarms.length > 0);
const off = results.filter(
  ({ wasteRatio }) => wasteRatio !== null && Math.abs(wasteRatio - 1) > 0.1,
);

if (options.json) {
  console.log(
    JSON.stringify({
      ...figures,
      missed: misses.map((each) => ({ run: nameOf(each), kinds: each.missed })),
      falseAlarms: alarms.map((each) => ({
        run: nameOf(each),
        kinds: each.falseAlarms.map(({ kind }) => kind),
      })),
      off: off.map((each) => ({ run: nameOf(each), ratio: each.wasteRatio })),
    }),
  );
} else {
  const kinds = [...new Set(results.flatMap((each) => each.case.faults))].sort();
  const rows = kinds.map((kind) => {
    const seeded = results.filter((each) => each.case.faults.includes(kind));
    const hit = seeded.filter(({ found }) => found.includes(kind)).length;
    const wrong = results.flatMap((each) => each.falseAlarms).filter((f) => f.kind === kind).length;
    return [kind, String(seeded.length), String(hit), String(wrong)];
  });
  console.log(table(['kind', 'seeded', 'found', 'false alarms'], rows));
  console.log(
    `\n${figures.faulty} faulty runs, ${figures.clean} clean ones · precision ${percent(figures.precision)} · recall ${percent(figures.recall)} · seconds within 10 % of what fixing saved: ${percent(figures.within10)} of ${figures.measured}`,
  );
  if (options.misses) {
    for (const each of misses)
      console.log(`missed       ${nameOf(each)}: ${each.missed.join(', ')}`);
    for (const each of alarms) {
      for (const { kind, title } of each.falseAlarms) {
        console.log(`false alarm  ${nameOf(each)}: ${kind}: ${title}`);
      }
    }
    for (const each of off) {
      console.log(`seconds off  ${nameOf(each)}: × ${each.wasteRatio?.toFixed(2) ?? ''}`);
    }
  }
}
