import type { TrackId } from '../../model/units.ts';
import type { ImportRun } from '../importer.ts';
import type { MarkerColumns } from './stagedThread.ts';
import { indexAt } from './stackNodes.ts';

const NS_PER_MS = 1e6;

/** Phases of markers, as the format numbers them. */
const PHASE = { instant: 0, interval: 1, start: 2, end: 3 } as const;

/**
 * Adds the markers of a thread: those with a length as spans, the others as events.
 *
 * @param trackOf gives their track; asked for only if there are any.
 * @returns how many could not be read.
 */
export function addMarkers(
  run: ImportRun,
  markers: MarkerColumns,
  strings: readonly string[],
  trackOf: () => TrackId,
): number {
  const count = markers.name.length;
  const begun = new Map<number, number[]>();
  let bad = 0;
  for (let i = 0; i < count; i += 1) {
    const nameId = indexAt(markers.name, i);
    const start = timeAt(markers, 'startTime', i);
    const end = timeAt(markers, 'endTime', i);
    const phase = phaseAt(markers, i, end);
    const name = strings[nameId] ?? '(unknown)';
    const attributes = markers.data[i] ?? {};
    if (phase === PHASE.instant && Number.isFinite(start)) {
      run.builder.addInstant({
        kind: 'event',
        text: name,
        timeNs: start * NS_PER_MS + run.offsetNs,
        track: trackOf(),
        attributes,
      });
    } else if (phase === PHASE.start && Number.isFinite(start)) {
      const open = begun.get(nameId);
      if (open === undefined) begun.set(nameId, [i]);
      else open.push(i);
    } else if (phase === PHASE.interval && end >= start) {
      addSpan(i, start, end);
    } else if (phase === PHASE.end) {
      const begin = begun.get(nameId)?.pop();
      if (begin === undefined || !(end >= timeAt(markers, 'startTime', begin))) bad += 1;
      else addSpan(begin, timeAt(markers, 'startTime', begin), end);
    } else bad += 1;
  }
  for (const open of begun.values()) bad += open.length;
  return bad;

  function addSpan(row: number, startMs: number, endMs: number): void {
    run.builder.addSpan({
      name: strings[indexAt(markers.name, row)] ?? '(unknown)',
      startNs: startMs * NS_PER_MS + run.offsetNs,
      durationNs: (endMs - startMs) * NS_PER_MS,
      track: trackOf(),
      parent: null,
      attributes: markers.data[row] ?? {},
    });
  }
}

function timeAt(markers: MarkerColumns, column: 'startTime' | 'endTime', row: number): number {
  return row < markers[column].length ? markers[column].get(row) : Number.NaN;
}

/** The phase; before there was one, markers with an end were intervals. */
function phaseAt(markers: MarkerColumns, row: number, end: number): number {
  const phase = indexAt(markers.phase, row);
  if (phase >= 0) return phase;
  return Number.isFinite(end) ? PHASE.interval : PHASE.instant;
}
