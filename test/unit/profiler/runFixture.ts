import * as fc from 'fast-check';
import { RunBuilder } from '../../../src/profiler/model/runBuilder.ts';
import type { Run } from '../../../src/profiler/model/run.ts';
import type { SpanStatus } from '../../../src/profiler/model/spanStatus.ts';

export function newBuilder(
  extra: Partial<ConstructorParameters<typeof RunBuilder>[0]> = {},
): RunBuilder {
  return new RunBuilder({
    id: 'run-1',
    name: 'A run',
    kind: 'ingest',
    epochNs: 1_790_000_000_000_000_000n,
    provenance: { client: 'earshot', version: '0.1.0', format: 'recorder' },
    ...extra,
  });
}

const text = fc.string({ unit: 'binary', maxLength: 12 });
const scalar = fc.oneof(
  text,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
const value = fc.oneof(scalar, fc.array(text, { maxLength: 3 }));
const time = fc.integer({ min: -1000, max: 1000 });
const amount = fc.double({ min: 0, max: 1e9, noNaN: true });

const spanPlan = fc.record({
  name: text,
  startNs: time,
  durationNs: fc.integer({ min: 0, max: 500 }),
  track: fc.integer({ min: 0, max: 2 }),
  parent: fc.oneof(
    fc.constant({ kind: 'infer' } as const),
    fc.constant({ kind: 'root' } as const),
    fc.record({ kind: fc.constant('handle' as const), at: fc.nat(40) }),
    fc.record({ kind: fc.constant('id' as const), id: fc.bigInt({ min: 0n, max: 20n }) }),
  ),
  id: fc.bigInt({ min: 0n, max: 20n }),
  status: fc.constantFrom<SpanStatus>(0, 1, 2, 3),
  attributes: fc.dictionary(text, value, { maxKeys: 3 }),
  source: fc.option(fc.integer({ min: 1, max: 5 })),
});

export interface Plan {
  readonly spans: readonly (typeof spanPlan extends fc.Arbitrary<infer T> ? T : never)[];
}

/** Builds the planned run; handles that point past the spans so far make roots. */
export function buildRun(spans: Plan['spans'], builder = newBuilder()): Run {
  const tracks = ['a', 'b', 'c'].map((name) => builder.track(name, 'process'));
  spans.forEach((span, i) => {
    const { parent } = span;
    builder.addSpan({
      name: span.name,
      startNs: span.startNs,
      durationNs: span.durationNs,
      track: tracks[span.track] ?? 0,
      id: span.id,
      status: span.status,
      attributes: span.attributes,
      ...(parent.kind === 'root' ? { parent: null } : {}),
      ...(parent.kind === 'handle' ? { parent: parent.at < i ? parent.at : null } : {}),
      ...(parent.kind === 'id' ? { parentId: parent.id } : {}),
      ...(span.source === null
        ? {}
        : {
            source: builder.source({
              file: 'src/a.ts',
              line: span.source,
              functionName: 'f',
              rung: 'code-attribute',
            }),
          }),
    });
  });
  return builder.finish({ status: 'done' });
}

export const spansArbitrary = fc.array(spanPlan, { maxLength: 40 });

/** Runs of every shape: spans, instants, counters, links, weights, accounts, ledgers. */
export const runArbitrary: fc.Arbitrary<Run> = fc
  .record({
    spans: spansArbitrary,
    instants: fc.array(
      fc.record({
        text,
        timeNs: time,
        span: fc.nat(40),
        attributes: fc.dictionary(text, scalar, { maxKeys: 2 }),
      }),
      { maxLength: 5 },
    ),
    samples: fc.array(
      fc.record({
        name: text,
        timeNs: time,
        value: fc.double({ noNaN: true, noDefaultInfinity: true }),
      }),
      { maxLength: 8 },
    ),
    links: fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 4 }),
    dropped: fc.dictionary(text, fc.nat(), { maxKeys: 3 }),
    models: fc.dictionary(text, text, { maxKeys: 3 }),
    amounts: fc.array(amount, { maxLength: 4 }),
    weighted: fc.boolean(),
  })
  .map((plan) => {
    const builder = newBuilder({
      environment: { cores: 2, models: plan.models },
      ...(plan.weighted ? { weightUnit: 'samples' } : {}),
    });
    const track = builder.track('counters', 'counter');
    for (const { text: line, timeNs, span, attributes } of plan.instants) {
      builder.addInstant({
        kind: 'log',
        level: 'warn',
        text: line,
        timeNs,
        span,
        track,
        attributes,
      });
    }
    for (const { name, timeNs, value: sample } of plan.samples) {
      builder.addSample(name, 'By', track, timeNs, sample);
    }
    builder.addWork('speech', {
      unit: 'texts',
      itemsIn: 3,
      dropped: plan.dropped,
      loads: plan.dropped,
    });
    builder.addLedger({
      name: 'audio',
      unit: 'seconds',
      total: plan.amounts.reduce((sum, each) => sum + each, 0),
      buckets: plan.amounts.map((each, i) => ({
        name: `b${i}`,
        ...(i === 0 ? { reason: 'r' } : {}),
        amount: each,
      })),
    });
    buildRun(plan.spans, builder);
    for (const [from, to] of plan.links) {
      if (from < plan.spans.length && to < plan.spans.length) builder.addLink(from, to);
    }
    if (plan.weighted) plan.spans.forEach((_, i) => builder.addWeight(i, i));
    return builder.finish({ status: 'done' });
  });
