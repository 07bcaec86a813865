/** What the events of a profile make of its stack. */
export interface StackHandler {
  /** A frame begins; the value it gives is handed to `closed`. */
  opened(frame: number, at: number): number;
  closed(token: number, at: number): void;
  /** Before each event: the stack has been the same since the last one. */
  advanced(from: number, to: number): void;
}

/** What was not as it should be. */
export interface StackDamage {
  /** Events before their predecessor, which count as at its time. */
  readonly outOfOrder: number;
  /** Ends of frames that are not open. */
  readonly unopened: number;
  /** Frames that were ended by the end of a frame below them, or of the profile. */
  readonly unclosed: number;
}

/**
 * Plays the events of an evented profile. Frames that are closed while others are open above them close those as well.
 *
 * @param next gives the events one by one: whether it opens, when, which frame.
 */
export function playEvents(
  count: number,
  next: (index: number) => { open: boolean; at: number; frame: number },
  endValue: number,
  handler: StackHandler,
): StackDamage {
  const frames: number[] = [];
  const tokens: number[] = [];
  const openOf = new Map<number, number>();
  let last = Number.NaN;
  let outOfOrder = 0;
  let unopened = 0;
  let unclosed = 0;
  const close = (at: number): void => {
    const frame = frames.pop() ?? 0;
    openOf.set(frame, (openOf.get(frame) ?? 1) - 1);
    handler.closed(tokens.pop() ?? 0, at);
  };
  for (let i = 0; i < count; i += 1) {
    const { open, at: stated, frame } = next(i);
    if (stated < last) outOfOrder += 1;
    const at = Number.isNaN(last) ? stated : Math.max(stated, last);
    if (at > last) handler.advanced(last, at);
    last = at;
    if (open) {
      frames.push(frame);
      tokens.push(handler.opened(frame, at));
      openOf.set(frame, (openOf.get(frame) ?? 0) + 1);
      continue;
    }
    if ((openOf.get(frame) ?? 0) === 0) {
      unopened += 1;
      continue;
    }
    while (frames.at(-1) !== frame) {
      unclosed += 1;
      close(at);
    }
    close(at);
  }
  const end = endValue >= last ? endValue : last;
  if (frames.length > 0 && end > last) handler.advanced(last, end);
  unclosed += frames.length;
  while (frames.length > 0) close(end);
  return { outOfOrder, unopened, unclosed };
}
