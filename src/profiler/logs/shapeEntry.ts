import type { LogLevel } from '../model/columns.ts';
import type { LineShape } from './lineShape.ts';
import type { MessageLine } from './messageLine.ts';
import type { OpenTemplate, TemplatePlace } from './templates.ts';

/** What is known of the lines of one shape, so that the next one need not be read again. */
export interface ShapeEntry {
  readonly template: OpenTemplate;
  /** Variable part of the template by variable part of the message; null where they are the same. */
  readonly slotMap: readonly number[] | null;
  /** The first variable part of the line that belongs to the message, and how many do; -1 where they are not known. */
  readonly firstSlot: number;
  readonly slotCount: number;
  /** Where the time begins: bytes behind the beginning of the variable part `timeSlot`, or of the line for -1. */
  readonly timeOffset: number;
  readonly timeSlot: number;
  /** How the time is found in the next line: not at all, by its offset, or by reading the line again. */
  readonly time: 'none' | 'offset' | 'read';
  readonly level: LogLevel | null;
  /** Measurements in a line. */
  measurements: number;
}

/** Remembers where in a line of this shape its time and the variable parts of its message stand. */
export function shapeEntry(
  text: string,
  line: MessageLine,
  shape: LineShape,
  place: TemplatePlace,
): ShapeEntry {
  // Positions in the text are positions in the bytes where everything before them is ASCII.
  const ascii = isAscii(text, Math.max(line.timeAt, line.messageAt));
  const first = ascii && line.messageAt >= 0 ? slotFrom(shape, line.messageAt) : -1;
  const slots = place.slotMap?.length ?? place.template.variants.length;
  const end = line.messageAt + line.message.length;
  const usable =
    first >= 0 && (slotFrom(shape, end) - first === slots || first + slots === shape.slots);
  let timeSlot = -1;
  for (let i = 0; i < shape.slots && (shape.slotStart[i] ?? 0) <= line.timeAt; i += 1) timeSlot = i;
  const inSlot = timeSlot >= 0 && line.timeAt < (shape.slotEnd[timeSlot] ?? 0);
  // Behind a variable part that is over the distance to the line's beginning varies.
  const fixed = inSlot || timeSlot < 0;
  return {
    ...place,
    firstSlot: usable ? first : -1,
    slotCount: slots,
    timeSlot: inSlot ? timeSlot : -1,
    timeOffset: inSlot ? line.timeAt - (shape.slotStart[timeSlot] ?? 0) : line.timeAt,
    time:
      line.time === null
        ? 'none'
        : ascii && fixed && line.timeAt >= 0 && line.time.kind !== 'uptime'
          ? 'offset'
          : 'read',
    level: line.level,
    measurements: 0,
  };
}

function slotFrom(shape: LineShape, at: number): number {
  let slot = 0;
  while (slot < shape.slots && (shape.slotStart[slot] ?? 0) < at) slot += 1;
  return slot;
}

function isAscii(text: string, to: number): boolean {
  for (let i = 0; i < to; i += 1) if (text.charCodeAt(i) > 127) return false;
  return true;
}
