import type { Span } from '@opentelemetry/api';
import type { Attributes } from '../model/attributes.ts';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import type { UnixClock } from './clock.ts';
import { toHrTime, toOtelAttributes } from './otelValues.ts';
import { recordFailure } from './recordFailure.ts';

/** A span while it runs. */
export class RecordedSpan {
  /** The span of OpenTelemetry, for instrumentation that wants one as its parent. */
  readonly otelSpan: Span;
  /** Id of the stage that the span belongs to; empty outside of any stage. */
  readonly stage: string;
  readonly #clock: UnixClock;
  #ended = false;

  constructor(otelSpan: Span, stage: string, clock: UnixClock) {
    this.otelSpan = otelSpan;
    this.stage = stage;
    this.#clock = clock;
  }

  /** Adds an event; `atNs` is Unix time in nanoseconds, by default now. */
  addEvent(name: string, attributes: Attributes = {}, atNs: bigint = this.#clock.now()): void {
    if (this.#ended) return;
    this.otelSpan.addEvent(name, toOtelAttributes(attributes), toHrTime(atNs));
  }

  setAttributes(attributes: Attributes): void {
    if (!this.#ended) this.otelSpan.setAttributes(toOtelAttributes(attributes));
  }

  /** Says what became of the stage, where it did not simply get done. */
  setState(state: 'cached' | 'skipped' | 'partial'): void {
    this.setAttributes({ [ATTRIBUTE.state]: state });
  }

  /** Marks the span as failed, with an exception event; a cancellation is no failure but leaves the work partial. */
  fail(error: unknown): void {
    if (!this.#ended) recordFailure(this.otelSpan, error, this.#clock.now());
  }

  /** Ends the span; `atNs` is Unix time in nanoseconds, by default now. A second call does nothing. */
  end(atNs: bigint = this.#clock.now()): void {
    if (this.#ended) return;
    this.#ended = true;
    this.otelSpan.end(toHrTime(atNs));
  }
}
