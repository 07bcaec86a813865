import type { RunBuilder } from '../../model/runBuilder.ts';
import type { SpanHandle } from '../../model/spanStore.ts';
import type { TrackId } from '../../model/units.ts';
import type { EventRecord } from './otlpRecords.ts';
import { levelOf } from './severity.ts';

/** Adds an event of a span to a run: as a log line where our own export has made an event of one. */
export function addEvent(
  builder: RunBuilder,
  { name, attributes }: EventRecord,
  place: { readonly timeNs: number; readonly span: SpanHandle; readonly track: TrackId },
): void {
  const message = attributes['log.message'];
  if (name !== 'log' || typeof message !== 'string') {
    builder.addInstant({ ...place, kind: 'event', text: name, attributes });
    return;
  }
  const { 'log.message': _message, 'log.level': level, ...rest } = attributes;
  builder.addInstant({
    ...place,
    kind: 'log',
    text: message,
    level: levelOf(0, typeof level === 'string' ? level : ''),
    attributes: rest,
  });
}
