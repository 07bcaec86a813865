import { ProfilerError } from './profilerError.ts';
import type { Run } from './run.ts';
import { breakCycles } from './spanRelations.ts';

function check(condition: boolean, what: string): void {
  if (!condition) throw new ProfilerError('codec.damaged', `The stored run is damaged: ${what}.`);
}

function allBelow(column: Uint32Array | Int32Array, limit: number, lowest = 0): boolean {
  for (let i = 0; i < column.length; i += 1) {
    const value = column[i] ?? 0;
    if (value < lowest || value >= limit) return false;
  }
  return true;
}

function allTimes(column: Float64Array): boolean {
  for (let i = 0; i < column.length; i += 1) {
    const value = column[i] ?? 0;
    if (!(value >= 0 && value < Infinity)) return false;
  }
  return true;
}

/**
 * Checks that every index of a run points to something, times are finite and parents form no cycle, so that whoever
 * walks it needs no checks. Takes time linear in its size. Throws `codec.damaged`.
 */
export function checkRun(run: Run): void {
  const { spans, attributes, instants, links } = run;
  const count = spans.startNs.length;
  const strings = run.strings.length;
  const tracks = run.tracks.length;
  check(allTimes(spans.startNs) && allTimes(spans.durationNs), 'a span has an impossible time');
  check(allTimes(spans.selfNs), 'a span has an impossible self time');
  check(allBelow(spans.nameId, strings), 'a span has no name');
  check(allBelow(spans.trackId, tracks), 'a span has no track');
  check(allBelow(spans.sourceId, run.sourceRefs.length + 1), 'a span has no source');
  check(allBelow(spans.parent, count, -1), 'a span has an unknown parent');
  check(breakCycles(spans.parent.slice()) === 0, 'spans are their own ancestors');
  check(allBelow(attributes.span, count), 'an attribute has no span');
  check(allBelow(attributes.keyId, strings), 'an attribute has no key');
  check(attributesInOrder(run), 'an attribute is unreadable');
  check(allTimes(instants.timeNs), 'an instant has an impossible time');
  check(allBelow(instants.textId, strings), 'an instant has no text');
  check(allBelow(instants.attributesId, strings), 'an instant has unknown attributes');
  check(allBelow(instants.span, count, -1), 'an instant has an unknown span');
  check(allBelow(instants.trackId, tracks), 'an instant has no track');
  check(allBelow(links.from, count) && allBelow(links.to, count), 'a link has no span');
  for (const counter of run.counters) {
    check(counter.trackId < tracks, 'a counter has no track');
    check(allTimes(counter.timesNs), 'a counter has an impossible time');
  }
}

function attributesInOrder(run: Run): boolean {
  const { span, type, value } = run.attributes;
  for (let i = 0; i < span.length; i += 1) {
    if (i > 0 && (span[i - 1] ?? 0) > (span[i] ?? 0)) return false;
    const isText = type[i] === 0 || (type[i] ?? 0) > 3;
    if (isText && run.strings[value[i] ?? -1] === undefined) return false;
  }
  return true;
}
