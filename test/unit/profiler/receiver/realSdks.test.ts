import { describe, expect, it } from 'vitest';
import { otlpJsonImporter } from '../../../../src/profiler/importers/otlp/otlpJsonImporter.ts';
import { importRun } from '../../../../src/profiler/importers/importRun.ts';
import { RunBuilder } from '../../../../src/profiler/model/runBuilder.ts';
import { receiveIntoRun } from '../../../../src/profiler/receiver/receiveIntoRun.ts';
import { startReceiver } from '../../../../src/profiler/receiver/receiver.ts';
import { overTheWire, recorded, recordedFile } from './recordedRequests.ts';
import { expectSent } from './sentTruth.ts';

/** Each way in which the requests of one program may come in. */
const ORDERS: readonly (readonly [string, (requests: Buffer[]) => Buffer[]])[] = [
  ['as they came', (requests) => requests],
  ['last first', (requests) => requests.toReversed()],
];

describe.each(['python', 'node', 'node-json', 'go', 'java'])('the SDK of %s', (sdk) => {
  it.each(ORDERS)('sends a run over the wire: requests %s', async (_order, arrange) => {
    const { requests, truth } = recorded(sdk);
    const builder = new RunBuilder({
      id: 'sent',
      name: 'sent',
      kind: 'trace',
      epochNs: 1_790_000_000_000_000_000n,
      provenance: { client: '', version: '', format: 'otlp' },
    });
    const receiver = await startReceiver({ sink: receiveIntoRun({ builder }), port: 0 });
    try {
      for (const request of arrange(requests)) {
        const answer = await overTheWire(receiver.port, request);
        expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/u);
        const json = request.toString('latin1').includes('application/json');
        expect(answer).toContain(json ? 'content-type: application/json' : 'x-protobuf');
      }
    } finally {
      await receiver.close();
    }
    expect(receiver.stats).toMatchObject({ requests: requests.length, refused: 0 });
    expectSent(builder.finish({ status: 'done' }), truth);
  });
});

describe('the files that the exporter of Python writes', () => {
  const files = ['traces', 'logs', 'metrics'].map((name) =>
    recordedFile(`python-files/${name}.jsonl`),
  );

  it.each([
    ['in their order', files],
    ['spans last', files.toReversed()],
  ])('are one run, read %s', async (_order, paths) => {
    const { signal } = new AbortController();
    const run = await importRun(paths, { signal, importers: [otlpJsonImporter] });
    expectSent(run, recorded('python-files').truth);
  });
});

describe('the requests', () => {
  it('are of every framing that SDKs use', () => {
    const all = ['python', 'node', 'node-json', 'go', 'java'].flatMap(
      (sdk) => recorded(sdk).requests,
    );
    const heads = all.map((request) =>
      request.toString('latin1').split('\r\n\r\n')[0]!.toLowerCase(),
    );
    const having = (header: string): number => heads.filter((head) => head.includes(header)).length;
    expect(having('transfer-encoding: chunked')).toBeGreaterThan(0);
    expect(having('content-length:')).toBeGreaterThan(0);
    expect(having('content-encoding: gzip')).toBeGreaterThan(0);
    expect(having('content-type: application/json')).toBeGreaterThan(0);
    expect(having('content-type: application/x-protobuf')).toBeGreaterThan(0);
  });
});

describe('the log of the exporter of Java that writes OTLP/JSON behind a prefix', () => {
  it('is read like a file of it', async () => {
    const file = recordedFile('java-logging-exporter.log');
    const run = await importRun([file], {
      signal: new AbortController().signal,
      importers: [otlpJsonImporter],
    });
    const { truth } = recorded('java');
    expect(run.provenance.rejected).toEqual([]);
    expect(run.provenance.client).toBe('opentelemetry java');
    const names = Array.from(run.spans.nameId, (id) => run.strings[id]);
    expect(names).toHaveLength(truth.spans);
    expect(Math.max(...run.spans.depth) + 1).toBe(truth.depth);
    expect(run.links.from).toHaveLength(truth.links);
  });
});
