import type { BasicTracerProvider, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Attributes } from '../model/attributes.ts';
import type { RunEnvironment } from '../model/environment.ts';
import type { RunKind, TrackKind } from '../model/run.ts';
import type { UnixClock } from './clock.ts';
import type { CodeLocation } from './codeLocation.ts';
import type { RecordedSpan } from './recordedSpan.ts';
import type { RecorderLimits } from './runSpanProcessor.ts';

/** What a recorder has to know of its run. */
export interface RunRecorderOptions {
  /** Name of the run and of its root span. */
  readonly name: string;
  readonly kind: RunKind;
  readonly environment: Partial<RunEnvironment>;
  /** By default a random UUID. */
  readonly id?: string;
  /** Name and version of the recording program; by default `earshot` without a version. */
  readonly client?: string;
  readonly version?: string;
  /** Processors that get the same spans, for instance one that exports them to a collector. */
  readonly extraProcessors?: readonly SpanProcessor[];
  /** OpenTelemetry resource for those processors. */
  readonly resource?: NonNullable<ConstructorParameters<typeof BasicTracerProvider>[0]>['resource'];
  readonly clock?: UnixClock;
  /** Where the root span is written. */
  readonly code?: CodeLocation;
  readonly attributes?: Attributes;
  readonly limits?: Partial<RecorderLimits & { readonly maxSamples: number }>;
}

/** How a span is placed and named. */
export interface SpanOptions {
  /** Place in the source: `here('functionName')`. */
  readonly code: CodeLocation;
  /** By default the parent's track. */
  readonly track?: string | undefined;
  /** By default `process`. */
  readonly trackKind?: Exclude<TrackKind, 'counter'> | undefined;
  /** By default the span in whose callback the call is made, else the root. */
  readonly parent?: RecordedSpan | undefined;
  readonly attributes?: Attributes | undefined;
}

/** A span that was timed elsewhere; times are Unix nanoseconds. */
export interface TimedSpan extends SpanOptions {
  readonly name: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly status?: 'ok' | 'error' | undefined;
}
