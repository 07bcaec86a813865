import type { REPLICATES } from '../../../../src/profiler/model/attributeNames.ts';
import { ATTRIBUTE } from '../../../../src/profiler/model/attributeNames.ts';
import type { Attributes } from '../../../../src/profiler/model/attributes.ts';
import type { RunEnvironment } from '../../../../src/profiler/model/environment.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import { RunBuilder } from '../../../../src/profiler/model/runBuilder.ts';
import type { WorkEntry } from '../../../../src/profiler/model/workBook.ts';
import { type RunFacts, runFacts } from '../../../../src/profiler/verdict/compareRunSets.ts';

export interface Plan {
  /** Seconds by stage, one after the other. */
  readonly stages?: Readonly<Record<string, number>>;
  readonly work?: Readonly<Record<string, WorkEntry>>;
  /** Ids of units of the first stage. */
  readonly units?: readonly string[];
  /** Spans without a stage, by name. */
  readonly spans?: Readonly<Record<string, number>>;
  readonly environment?: Partial<RunEnvironment>;
  readonly startMs?: number;
  readonly peakBytes?: number;
  readonly format?: string;
  readonly audioSeconds?: number;
}

const S = 1e9;

/** A run of stages one after the other. */
export function madeRun(plan: Plan): Run {
  const builder = new RunBuilder({
    id: `run-${plan.startMs ?? 0}`,
    name: 'job',
    kind: 'trace',
    epochNs: BigInt(plan.startMs ?? 0) * 1_000_000n,
    environment: plan.environment ?? {},
    provenance: { client: 'test', version: '1', format: plan.format ?? 'otlp-json' },
  });
  const track = builder.track('main', 'thread');
  const whole = Object.values(plan.stages ?? {}).reduce((sum, seconds) => sum + seconds, 0);
  const root = builder.addSpan({
    name: 'job',
    startNs: 0,
    durationNs: whole * S,
    track,
    parent: null,
    attributes:
      plan.audioSeconds === undefined ? {} : { [ATTRIBUTE.audioSeconds]: plan.audioSeconds },
  });
  let at = 0;
  Object.entries(plan.stages ?? {}).forEach(([stage, seconds], i) => {
    const durationNs = seconds * S;
    const parent = builder.addSpan({
      name: stage,
      startNs: at,
      durationNs,
      track,
      parent: root,
      attributes: { [ATTRIBUTE.stage]: stage },
    });
    for (const unit of i === 0 ? (plan.units ?? []) : []) {
      const attributes = { [ATTRIBUTE.unit]: unit };
      builder.addSpan({ name: 'unit', startNs: at, durationNs, track, parent, attributes });
    }
    at += durationNs;
  });
  for (const [name, count] of Object.entries(plan.spans ?? {})) {
    for (let i = 0; i < count; i += 1) {
      builder.addSpan({ name, startNs: i, durationNs: 1, track, parent: root });
    }
  }
  for (const [stage, entry] of Object.entries(plan.work ?? {})) builder.addWork(stage, entry);
  if (plan.peakBytes !== undefined) {
    const counters = builder.track('memory', 'counter');
    builder.addSample('process.memory.rss', 'By', counters, 0, 1);
    builder.addSample('process.memory.rss', 'By', counters, 1, plan.peakBytes);
  }
  return builder.finish({ status: 'done' });
}

export const facts = (plan: Plan): RunFacts => runFacts(madeRun(plan));

/** So many runs, each of what `plan` gives for its number. */
export function runs(count: number, plan: (i: number) => Plan): RunFacts[] {
  return Array.from({ length: count }, (_, i) => facts(plan(i)));
}

/** A run that declares no stages: spans one after the other below a root. */
export function namedRun(spans: readonly (readonly [string, number, Attributes])[]): Run {
  const builder = emptyRun('otlp-json');
  const track = builder.track('main', 'thread');
  const whole = spans.reduce((sum, [, seconds]) => sum + seconds, 0);
  const root = { name: 'job', startNs: 0, durationNs: whole * S, track, parent: null };
  const parent = builder.addSpan(root);
  let at = 0;
  for (const [name, seconds, attributes] of spans) {
    builder.addSpan({ name, startNs: at, durationNs: seconds * S, track, parent, attributes });
    at += seconds * S;
  }
  return builder.finish({ status: 'done' });
}

/** A file of benchmark results; values of further metrics are better when higher. */
export function benchmark(
  seconds: readonly number[],
  replicate: (typeof REPLICATES)[keyof typeof REPLICATES],
  metrics: Readonly<Record<string, readonly number[]>> = {},
): Run {
  const builder = emptyRun('hyperfine');
  const track = builder.track('bench', 'process');
  let at = 0;
  for (const each of seconds) {
    builder.addSpan({
      name: 'sort',
      startNs: at,
      durationNs: each * S,
      track,
      parent: null,
      attributes: {
        [ATTRIBUTE.replicate]: replicate,
        [ATTRIBUTE.higherIsBetter]: Object.keys(metrics),
      },
    });
    at += each * S;
  }
  for (const [name, values] of Object.entries(metrics)) {
    values.forEach((value, i) => {
      builder.addSample(name, '1', track, i, value);
    });
  }
  return builder.finish({ status: 'done' });
}

/** A heap profile: bytes by function. */
export function heap(bytes: Readonly<Record<string, number>>): Run {
  const builder = emptyRun('pprof', 'bytes');
  const track = builder.track('heap', 'process');
  for (const [name, weight] of Object.entries(bytes)) {
    const span = builder.addSpan({ name, startNs: 0, durationNs: 0, track, parent: null });
    builder.addWeight(span, weight);
  }
  return builder.finish({ status: 'done' });
}

function emptyRun(format: string, weightUnit?: string): RunBuilder {
  return new RunBuilder({
    id: format,
    name: format,
    kind: 'import',
    epochNs: 0n,
    provenance: { client: 'test', version: '1', format },
    ...(weightUnit === undefined ? {} : { weightUnit }),
  });
}
