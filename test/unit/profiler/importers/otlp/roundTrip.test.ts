import { describe, expect, it } from 'vitest';
import { toOtlpJson } from '../../../../../src/profiler/export/otlpJson.ts';
import { otlpJsonImporter } from '../../../../../src/profiler/importers/otlp/otlpJsonImporter.ts';
import { attributesOf, instantAttributes } from '../../../../../src/profiler/model/attributes.ts';
import { type Run, sourceOf, spanName, stringOf } from '../../../../../src/profiler/model/run.ts';
import { RunBuilder } from '../../../../../src/profiler/model/runBuilder.ts';
import { importBytes } from '../../../../helpers/importBytes.ts';

function exported(): Run {
  const builder = new RunBuilder({
    id: 'exported',
    name: 'job',
    kind: 'command',
    epochNs: 1_790_000_000_000_000_000n,
    environment: { machine: 'm1', cpu: 'fast', cores: 2, os: 'linux 6', runtime: 'node 24.1.0' },
    provenance: { client: 'earshot', version: '1.0.0', format: 'recorder' },
  });
  const main = builder.track('main', 'process');
  const disk = builder.track('disk', 'resource');
  const root = builder.addSpan({
    name: 'job',
    startNs: 0,
    durationNs: 100,
    track: main,
    status: 1,
  });
  const load = builder.addSpan({
    name: 'load',
    startNs: 10,
    durationNs: 50,
    track: disk,
    parent: root,
    status: 2,
    source: builder.source({
      file: 'src/load.ts',
      line: 7,
      column: 3,
      functionName: 'load',
      rung: 'code-attribute',
    }),
    attributes: { path: 'a.bin', bytes: 12, share: 0.5, big: 9007199254740993n, tags: ['x', 1] },
  });
  builder.addLink(load, root);
  builder.addInstant({
    kind: 'log',
    text: 'loaded',
    level: 'warn',
    timeNs: 20,
    span: load,
    track: disk,
    attributes: { line: 3 },
  });
  builder.addInstant({ kind: 'event', text: 'miss', timeNs: 30, span: load, track: disk });
  return builder.finish({ status: 'done' });
}

function facts(run: Run): unknown {
  return {
    epochNs: run.epochNs,
    environment: run.environment,
    client: run.provenance.client,
    rejected: run.provenance.rejected,
    spans: Array.from(run.spans.nameId, (_, span) => ({
      name: spanName(run, span),
      at: [run.spans.startNs[span], run.spans.durationNs[span]],
      parent: run.spans.parent[span],
      status: run.spans.status[span],
      track: `${run.tracks[run.spans.trackId[span]!]!.kind} ${run.tracks[run.spans.trackId[span]!]!.name}`,
      source: sourceOf(run, run.spans.sourceId[span]!),
      attributes: Object.fromEntries(attributesOf(run, span)),
    })),
    instants: Array.from(run.instants.timeNs, (time, i) => ({
      time,
      kind: run.instants.kind[i],
      level: run.instants.level[i],
      span: run.instants.span[i],
      text: stringOf(run, run.instants.textId[i]!),
      attributes: instantAttributes(run, i),
    })),
    links: [Array.from(run.links.from), Array.from(run.links.to)],
  };
}

describe('a run that was exported as OTLP', () => {
  it('is the same when it is read again', async () => {
    const run = exported();
    const { run: read } = await importBytes(otlpJsonImporter, toOtlpJson(run));
    expect(facts(read)).toEqual(facts(run));
  });
});
