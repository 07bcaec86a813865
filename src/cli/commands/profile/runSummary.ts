import { diagnose } from '../../../profiler/diagnosis/diagnose.ts';
import { ATTRIBUTE, COUNTER } from '../../../profiler/model/attributeNames.ts';
import { attributeOf } from '../../../profiler/model/attributes.ts';
import type { Run } from '../../../profiler/model/run.ts';
import { NS_PER_SECOND } from '../../../profiler/model/units.ts';
import { totalLoads } from '../../../profiler/model/workAccount.ts';
import type { Palette } from '../../palette.ts';
import { bytesText, durationText } from '../../quantities.ts';

/** Most files, and most findings, that the summary names. */
const MAX_FILES = 5;
const MAX_FINDINGS = 3;

/** What a person wants to know when the program has ended, in a few lines. */
export function runSummary(run: Run, palette: Palette): string[] {
  const seconds = (run.spans.durationNs[0] ?? 0) / NS_PER_SECOND;
  const facts = [durationText(seconds)];
  const cpu = attributeOf(run, 0, ATTRIBUTE.cpuSeconds);
  if (typeof cpu === 'number') facts.push(`CPU ${durationText(cpu)}`);
  const memory = run.counters.find(({ name }) => name === COUNTER.treeMemory);
  const peak = memory?.values.reduce((highest, value) => Math.max(highest, value), 0) ?? 0;
  if (peak > 0) facts.push(`peak memory ${bytesText(peak)}`);
  const mark = run.status === 'done' ? palette.green('✓') : palette.red('✗');
  const why = run.error === null ? '' : ` ${run.error}`;
  return [
    `${mark} ${run.name}: ${facts.join(', ')}.${why}`,
    ...repeatedFiles(run),
    ...findings(run, palette),
  ];
}

function repeatedFiles(run: Run): string[] {
  const repeated = [...totalLoads(run.work)]
    .filter(([key, count]) => key.startsWith('file:') && count > 1)
    .sort(([, a], [, b]) => b - a);
  const lines = repeated
    .slice(0, MAX_FILES)
    .map(([key, count]) => `  ${key.slice('file:'.length)} was read ${count} times`);
  const more = repeated.length - lines.length;
  return more > 0 ? [...lines, `  and ${more} more files were read more than once`] : lines;
}

function findings(run: Run, palette: Palette): string[] {
  const found = diagnose(run, { targets: [], baseline: null }).filter(
    ({ severity }) => severity !== 'info',
  );
  const lines = found
    .slice(0, MAX_FINDINGS)
    .map(({ kind, title }) => `  ${palette.yellow('!')} ${kind}: ${title}`);
  const more = found.length - lines.length;
  return more > 0 ? [...lines, `  and ${more} more findings`] : lines;
}
