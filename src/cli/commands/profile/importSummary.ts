import type { Run } from '../../../profiler/model/run.ts';
import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import type { Palette } from '../../palette.ts';
import { countText } from '../../countText.ts';
import { durationText } from '../../quantities.ts';
import { runResult } from '../../runResult.ts';

/** Most rejected rows that the summary names. */
const MAX_ROWS = 3;

/** What a person wants to know of a run that was read, in a few lines. */
export function importSummary(run: Run, palette: Palette): string[] {
  const result = runResult(run);
  const facts = [
    result.format,
    ...(result.spans > 0 ? [countText(result.spans, 'span'), `${result.maxDepth} deep`] : []),
    ...(result.tracks > 0 ? [countText(result.tracks, 'track')] : []),
    ...(result.counters > 0 ? [countText(result.counters, 'counter')] : []),
    ...(result.logLines > 0 ? [countText(result.logLines, 'line')] : []),
    ...(result.durationMs > 0 ? [lengthText(result.durationMs)] : []),
    ...(run.weights === null ? [] : [`weights in ${run.weights.unit}, no time order`]),
  ];
  const mark = result.rejected > 0 ? palette.yellow('!') : palette.green('✓');
  return [
    `${mark} ${singleLine(run.name)}: ${facts.join(', ')}.`,
    ...rejectedLines(run),
    `  → earshot profile report ${run.id.slice(0, 8)}`,
  ];
}

function rejectedLines({ provenance }: Run): string[] {
  const { rejected, rejectedCount } = provenance;
  if (rejectedCount === 0) return [];
  const rows = rejected.slice(0, MAX_ROWS).map(({ file, offset, reason }) => {
    const place = offset === null ? singleLine(file) : `${singleLine(file)}, byte ${offset}`;
    return `    ${place}: ${singleLine(reason)}`;
  });
  const more = rejectedCount - rows.length;
  const last = more > 0 ? [`    and ${more.toLocaleString('en')} more`] : [];
  return [`  ${countText(rejectedCount, 'row')} rejected or not shown:`, ...rows, ...last];
}

function lengthText(milliseconds: number): string {
  if (milliseconds < 1) return `${(milliseconds * 1000).toPrecision(3)} µs`;
  return milliseconds < 1000
    ? `${milliseconds.toPrecision(3)} ms`
    : durationText(milliseconds / 1000);
}
