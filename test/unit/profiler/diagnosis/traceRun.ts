import type { Attributes } from '../../../../src/profiler/model/attributes.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import type { RunBuilder } from '../../../../src/profiler/model/runBuilder.ts';
import type { SpanHandle } from '../../../../src/profiler/model/spanStore.ts';
import { diagnose } from '../../../../src/profiler/diagnosis/diagnose.ts';
import type { Finding } from '../../../../src/profiler/diagnosis/finding.ts';
import { newBuilder } from '../runFixture.ts';

const NS_PER_MS = 1e6;

/** Builds a run of milliseconds. */
export class TraceRun {
  readonly builder: RunBuilder = newBuilder({ kind: 'import' });

  /** Adds a span; times in milliseconds. */
  span(
    name: string,
    startMs: number,
    lengthMs: number,
    options: {
      readonly track?: string;
      readonly parent?: SpanHandle | null;
      readonly failed?: boolean;
      readonly attributes?: Attributes;
    } = {},
  ): SpanHandle {
    const { track = 'main', parent = null, failed = false, attributes = {} } = options;
    return this.builder.addSpan({
      name,
      startNs: startMs * NS_PER_MS,
      durationNs: lengthMs * NS_PER_MS,
      track: this.builder.track(track, 'thread'),
      parent,
      status: failed ? 2 : 1,
      attributes,
    });
  }

  finish(): Run {
    return this.builder.finish({ status: 'done' });
  }

  findings(baseline: Run | null = null): Finding[] {
    return diagnose(this.finish(), { targets: [], baseline });
  }

  kinds(baseline: Run | null = null): string[] {
    return this.findings(baseline).map(({ kind }) => kind);
  }
}

/** Builds a run by a function that gets its root, which lasts `lengthMs`. */
export function traceOf(
  lengthMs: number,
  build: (run: TraceRun, root: SpanHandle) => void,
): TraceRun {
  const run = new TraceRun();
  build(run, run.span('job', 0, lengthMs, { track: 'root' }));
  return run;
}
