import { type Run, spanCount, stringOf } from '../model/run.ts';
import { NO_SPAN, NS_PER_SECOND, type Seconds } from '../model/units.ts';
import { stageTable } from './stageTable.ts';

/** Where the time of a run went: one row a stage. */
export interface StageTime {
  /** Stage id, or the name that its spans share. */
  readonly stage: string;
  /** Time in which at least one of its spans ran; for a run without time order, its weight in `unit`. */
  readonly seconds: Seconds;
  /** Spans. */
  readonly count: number;
  /** Smallest depth at which it occurs; 0 for a root. */
  readonly depth: number;
}

/**
 * Where the time of a run went, in falling order. The stages are those that the run declares (`earshot.stage`,
 * `stage:…`); a run that declares none has one stage for each distinct name of its spans.
 *
 * For a run without time order `seconds` holds the weight in the run's unit, turned into seconds where that is a time.
 */
export function breakdownOf(run: Run): StageTime[] {
  const declared = run.weights === null ? stageTable(run) : [];
  if (declared.length > 0) {
    return declared
      .filter(({ busySeconds }) => busySeconds !== null)
      .map(({ stage, busySeconds }) => ({ stage, seconds: busySeconds ?? 0, count: 1, depth: 1 }))
      .sort((a, b) => b.seconds - a.seconds);
  }
  return run.weights === null ? timesByName(run) : weightsByName(run);
}

/** One pass: spans are ordered by start, so the union of a name's intervals grows at its end. */
function timesByName(run: Run): StageTime[] {
  const { startNs, durationNs, nameId, depth } = run.spans;
  const names = run.strings.length;
  const busyNs = new Float64Array(names);
  const coveredUntil = new Float64Array(names);
  const count = new Uint32Array(names);
  const depths = new Uint16Array(names).fill(0xffff);
  for (let span = 0; span < startNs.length; span += 1) {
    const name = nameId[span] ?? 0;
    const start = startNs[span] ?? 0;
    const end = start + (durationNs[span] ?? 0);
    const from = Math.max(start, coveredUntil[name] ?? 0);
    if (end > from) {
      busyNs[name] = (busyNs[name] ?? 0) + (end - from);
      coveredUntil[name] = end;
    }
    count[name] = (count[name] ?? 0) + 1;
    depths[name] = Math.min(depths[name] ?? 0, depth[span] ?? 0);
  }
  return rowsOf(run, busyNs, NS_PER_SECOND, count, depths);
}

/** A name inside of itself (recursion) counts once. */
function weightsByName(run: Run): StageTime[] {
  const { parent, nameId, depth } = run.spans;
  const total = run.weights?.total ?? new Float64Array(0);
  const names = run.strings.length;
  const weight = new Float64Array(names);
  const count = new Uint32Array(names);
  const depths = new Uint16Array(names).fill(0xffff);
  for (let span = 0; span < spanCount(run); span += 1) {
    const name = nameId[span] ?? 0;
    count[name] = (count[name] ?? 0) + 1;
    depths[name] = Math.min(depths[name] ?? 0, depth[span] ?? 0);
    let above = parent[span] ?? NO_SPAN;
    while (above !== NO_SPAN && nameId[above] !== name) above = parent[above] ?? NO_SPAN;
    if (above === NO_SPAN) weight[name] = (weight[name] ?? 0) + (total[span] ?? 0);
  }
  const perSecond = run.weights?.unit === 'nanoseconds' ? NS_PER_SECOND : 1;
  return rowsOf(run, weight, perSecond, count, depths);
}

function rowsOf(
  run: Run,
  amount: Float64Array,
  perSecond: number,
  count: Uint32Array,
  depths: Uint16Array,
): StageTime[] {
  const rows: StageTime[] = [];
  count.forEach((spans, name) => {
    if (spans === 0) return;
    const seconds = (amount[name] ?? 0) / perSecond;
    rows.push({ stage: stringOf(run, name), seconds, count: spans, depth: depths[name] ?? 0 });
  });
  return rows.sort((a, b) => b.seconds - a.seconds);
}
