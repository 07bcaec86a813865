import { type Run, spanCount, spanName } from '../../src/profiler/model/run.ts';

/** Levels of nesting: 3 for a span in a span in a span. */
export function levels(run: Run): number {
  return spanCount(run) === 0 ? 0 : Math.max(...run.spans.depth.slice(0, 1e5)) + 1;
}

/** Sum of all own weights. */
export function totalWeight(run: Run): number {
  return run.weights?.self.reduce((sum, weight) => sum + weight, 0) ?? 0;
}

/** Own weight by function. */
export function ownByName(run: Run): Record<string, number> {
  const own: Record<string, number> = {};
  for (let span = 0; span < spanCount(run); span += 1) {
    const self = run.weights?.self[span] ?? 0;
    if (self !== 0) own[spanName(run, span)] = (own[spanName(run, span)] ?? 0) + self;
  }
  return own;
}

/** Cumulative weight by function: of a recursion the outermost call counts. */
export function cumulativeByName(run: Run): Record<string, number> {
  const cumulative: Record<string, number> = {};
  for (let span = 0; span < spanCount(run); span += 1) {
    const name = spanName(run, span);
    let above = run.spans.parent[span] ?? -1;
    while (above >= 0 && spanName(run, above) !== name) above = run.spans.parent[above] ?? -1;
    if (above < 0) cumulative[name] = (cumulative[name] ?? 0) + (run.weights?.total[span] ?? 0);
  }
  return cumulative;
}

/** Spans that do not lie within their parents, up to a rounding of times. */
export function misfits(run: Run): number {
  const { startNs, durationNs, parent } = run.spans;
  let count = 0;
  for (let span = 0; span < spanCount(run); span += 1) {
    const owner = parent[span] ?? -1;
    if (owner < 0) continue;
    const start = startNs[span] ?? 0;
    const ownerStart = startNs[owner] ?? 0;
    const end = start + (durationNs[span] ?? 0);
    const ownerEnd = ownerStart + (durationNs[owner] ?? 0);
    if (start < ownerStart || end > ownerEnd + 1e-3) count += 1;
  }
  return count;
}

/** Own time by function, in nanoseconds. */
export function selfNsByName(run: Run): Record<string, number> {
  const self: Record<string, number> = {};
  for (let span = 0; span < spanCount(run); span += 1) {
    const ns = run.spans.selfNs[span] ?? 0;
    if (ns !== 0) self[spanName(run, span)] = (self[spanName(run, span)] ?? 0) + ns;
  }
  return self;
}

/** Time by function, in nanoseconds: of a recursion the outermost call counts. */
export function totalNsByName(run: Run): Record<string, number> {
  const total: Record<string, number> = {};
  for (let span = 0; span < spanCount(run); span += 1) {
    const name = spanName(run, span);
    let above = run.spans.parent[span] ?? -1;
    while (above >= 0 && spanName(run, above) !== name) above = run.spans.parent[above] ?? -1;
    if (above < 0) total[name] = (total[name] ?? 0) + (run.spans.durationNs[span] ?? 0);
  }
  return total;
}

/** From the beginning of the first span to the end of the last, in nanoseconds. */
export function durationNs(run: Run): number {
  let from = Infinity;
  let to = -Infinity;
  run.spans.startNs.forEach((start, span) => {
    from = Math.min(from, start);
    to = Math.max(to, start + (run.spans.durationNs[span] ?? 0));
  });
  return to > from ? to - from : 0;
}

/** Numbers of a record divided by a unit and rounded, without those that are nothing then. */
export function rounded(record: Record<string, number>, unit: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(record)
      .map(([name, value]) => [name, Math.round(value / unit)] as const)
      .filter(([, value]) => value !== 0),
  );
}
