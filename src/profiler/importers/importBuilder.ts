import type { Attributes, AttributeValue } from '../model/attributes.ts';
import type { InstantInput } from '../model/instantStore.ts';
import { ProfilerError } from '../model/profilerError.ts';
import { RunBuilder, type RunHead } from '../model/runBuilder.ts';
import type { SpanHandle, SpanInput } from '../model/spanStore.ts';
import type { SpanStatus } from '../model/spanStatus.ts';
import { NO_SPAN, type TrackId } from '../model/units.ts';

/**
 * The builder of a run that is read from files: what it cannot take, such as a time that is none, it leaves out and
 * tells of, and the reader goes on. A span that was left out has the handle NO_SPAN, of which all else is ignored.
 */
export class ImportBuilder extends RunBuilder {
  readonly #onLeftOut: (reason: string) => void;

  /** @param onLeftOut told why, without a full stop. */
  constructor(head: RunHead, onLeftOut: (reason: string) => void) {
    super(head);
    this.#onLeftOut = onLeftOut;
  }

  override addSpan(input: Parameters<RunBuilder['addSpan']>[0]): SpanHandle {
    return this.#unless(() => super.addSpan(input)) ?? NO_SPAN;
  }

  override openSpan(input: SpanInput): SpanHandle {
    return this.#unless(() => super.openSpan(input)) ?? NO_SPAN;
  }

  override closeSpan(handle: SpanHandle, durationNs: number, status: SpanStatus): void {
    if (handle !== NO_SPAN) this.#unless(() => super.closeSpan(handle, durationNs, status));
  }

  override setAttributes(handle: SpanHandle, attributes: Attributes): void {
    if (handle !== NO_SPAN) super.setAttributes(handle, attributes);
  }

  override setAttribute(handle: SpanHandle, key: string, value: AttributeValue): void {
    if (handle !== NO_SPAN) super.setAttribute(handle, key, value);
  }

  override setParent(handle: SpanHandle, parent: SpanHandle): void {
    if (handle !== NO_SPAN && parent !== NO_SPAN) super.setParent(handle, parent);
  }

  override setInstantSpan(instant: number, span: SpanHandle): void {
    if (span !== NO_SPAN) super.setInstantSpan(instant, span);
  }

  override addWeight(handle: SpanHandle, self: number): void {
    if (handle !== NO_SPAN) super.addWeight(handle, self);
  }

  override addLink(from: SpanHandle, to: SpanHandle): void {
    if (from !== NO_SPAN && to !== NO_SPAN) super.addLink(from, to);
  }

  override addInstant(input: InstantInput): void {
    this.#unless(() => super.addInstant(input));
  }

  override addSample(
    name: string,
    unit: string,
    track: TrackId,
    timeNs: number,
    value: number,
  ): void {
    this.#unless(() => super.addSample(name, unit, track, timeNs, value));
  }

  #unless<T>(add: () => T): T | null {
    try {
      return add();
    } catch (error) {
      const impossible =
        error instanceof ProfilerError && /^(?:span|counter)\.invalid-/u.test(error.code);
      if (!impossible) throw error;
      this.#onLeftOut(error.message.replace(/\.$/u, ''));
      return null;
    }
  }
}
