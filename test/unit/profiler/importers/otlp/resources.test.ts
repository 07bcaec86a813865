import { describe, expect, it } from 'vitest';
import { otlpJsonImporter } from '../../../../../src/profiler/importers/otlp/otlpJsonImporter.ts';
import { otlpProtobufImporter } from '../../../../../src/profiler/importers/otlp/otlpProtobufImporter.ts';
import { levelOf } from '../../../../../src/profiler/importers/otlp/severity.ts';
import type { Run } from '../../../../../src/profiler/model/run.ts';
import { sourceOf } from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import { aRequest, aSpan } from './otlpRequests.ts';

const TIME = '1790000000000000000';
const attributes = (entries: Record<string, string | number>): object[] =>
  Object.entries(entries).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
  }));
const resource = (entries: Record<string, string | number>): object => ({
  attributes: attributes(entries),
});

async function read(...lines: string[]): Promise<Run> {
  return (await importBytes(otlpJsonImporter, lines.join('\n'))).run;
}

function metrics(...all: object[]): string {
  return JSON.stringify({
    resourceMetrics: [
      { resource: resource({ 'service.name': 'shop' }), scopeMetrics: [{ metrics: all }] },
    ],
  });
}

const point = (second: number, more: object): object => ({
  timeUnixNano: String(BigInt(TIME) + BigInt(second) * 1_000_000_000n),
  ...more,
});

describe('metrics', () => {
  it('of every kind are counters, with their unit and what tells them apart', async () => {
    const run = await read(
      metrics(
        {
          name: 'depth',
          unit: '{job}',
          gauge: { dataPoints: [point(0, { asInt: '5' }), point(1, { asDouble: 6.5 })] },
        },
        {
          name: 'done',
          unit: '1',
          sum: {
            aggregationTemporality: 2,
            isMonotonic: true,
            dataPoints: [
              point(0, { asInt: 3, attributes: attributes({ queue: 'b', at: 'x' }) }),
              point(0, { asInt: 4, attributes: attributes({ queue: 'a', at: 'x' }) }),
            ],
          },
        },
        {
          name: 'wait',
          unit: 's',
          histogram: {
            aggregationTemporality: 2,
            dataPoints: [point(0, { count: '2', sum: 1.5, bucketCounts: ['1', '1'] })],
          },
        },
        {
          name: 'size',
          unit: 'By',
          exponentialHistogram: { dataPoints: [point(0, { count: 1, sum: 9 })] },
        },
        { name: 'old', unit: 'ms', summary: { dataPoints: [point(0, { count: '7', sum: 70 })] } },
      ),
    );
    const counters = run.counters.map(({ name, unit, values, timesNs }) => [
      name,
      unit,
      [...values],
      [...timesNs],
    ]);
    expect(counters).toEqual([
      ['depth', '{job}', [5, 6.5], [0, 1e9]],
      ['done{at=x,queue=b}', '1', [3], [0]],
      ['done{at=x,queue=a}', '1', [4], [0]],
      ['wait.count', '1', [2], [0]],
      ['wait.sum', 's', [1.5], [0]],
      ['size.count', '1', [1], [0]],
      ['size.sum', 'By', [9], [0]],
      ['old.count', '1', [7], [0]],
      ['old.sum', 'ms', [70], [0]],
    ]);
    expect(run.tracks[run.counters[0]!.trackId]).toMatchObject({ name: 'shop', kind: 'process' });
  });

  it('that count from the point before are summed up', async () => {
    const delta = {
      aggregationTemporality: 1,
      dataPoints: [1, 2, 3].map((asInt, i) => point(i, { asInt })),
    };
    const run = await read(metrics({ name: 'done', sum: delta }));
    expect([...run.counters[0]!.values]).toEqual([1, 3, 6]);
  });

  it('without a value, a time or a number are not kept, and counted', async () => {
    const dataPoints = [
      point(0, { flags: 1 }),
      { asInt: 1 },
      point(1, { asDouble: 'NaN' }),
      point(2, { asDouble: 2 }),
    ];
    const run = await read(metrics({ name: 'depth', gauge: { dataPoints } }));
    expect([...run.counters[0]!.values]).toEqual([2]);
    expect(run.provenance.droppedSamples).toBe(2);
  });

  it('with attributes that never repeat do not make series without end', async () => {
    const dataPoints = Array.from({ length: 10_500 }, (_, i) =>
      point(0, { asInt: 1, attributes: attributes({ i }) }),
    );
    const run = await read(metrics({ name: 'done', sum: { dataPoints } }));
    expect(run.counters).toHaveLength(10_000);
    expect(run.provenance.droppedSamples).toBe(500);
  });
});

describe('processes and threads', () => {
  it('are tracks: one for each process of a service, and one for each thread', async () => {
    const run = await read(
      aRequest([aSpan(1)], resource({ 'service.name': 'shop', 'process.pid': 7 })),
      aRequest([aSpan(2)], resource({ 'service.name': 'shop', 'process.pid': 8 })),
      aRequest([aSpan(3)], resource({ 'service.name': 'shop', 'process.pid': 7 })),
      aRequest([aSpan(4)], resource({})),
      aRequest(
        [
          aSpan(5, { attributes: attributes({ 'thread.name': 'pool', 'thread.id': 1 }) }),
          aSpan(6, { attributes: attributes({ 'thread.name': 'pool', 'thread.id': 2 }) }),
          aSpan(7, { attributes: attributes({ 'thread.id': 3 }) }),
        ],
        resource({ 'service.name': 'mill' }),
      ),
    );
    const trackOf = (span: number): string => run.tracks[run.spans.trackId[span]!]!.name;
    expect([0, 1, 2, 3, 4, 5, 6].map(trackOf)).toEqual([
      'shop',
      'shop (pid 8)',
      'shop',
      'unknown service',
      'mill / pool',
      'mill / pool (2)',
      'mill / thread 3',
    ]);
  });

  it('tell of their surroundings', async () => {
    const about = resource({
      'host.id': 'abc',
      'host.cpu.model.name': 'fast',
      'os.type': 'linux',
      'os.version': '6.1',
      'process.runtime.name': 'cpython',
      'process.runtime.version': '3.13.0',
      'telemetry.sdk.name': 'opentelemetry',
      'telemetry.sdk.language': 'python',
      'telemetry.sdk.version': '1.45.2',
    });
    const run = await read(aRequest([aSpan(1)], about));
    expect(run.environment).toMatchObject({
      machine: 'abc',
      cpu: 'fast',
      os: 'linux 6.1',
      runtime: 'cpython 3.13.0',
    });
    expect(run.provenance).toMatchObject({ client: 'opentelemetry python', version: '1.45.2' });
  });
});

describe('places in the source', () => {
  it.each([
    [
      {
        'code.file.path': 'a.py',
        'code.line.number': 3,
        'code.column.number': 9,
        'code.function.name': 'm.f',
      },
      { file: 'a.py', line: 3, column: 9, functionName: 'm.f' },
    ],
    [
      {
        'code.filepath': 'A.java',
        'code.lineno': '12',
        'code.function': 'run',
        'code.namespace': 'com.acme.A',
      },
      { file: 'A.java', line: 12, functionName: 'com.acme.A.run' },
    ],
  ])('are read by the stable names and the old ones', async (named, place) => {
    const run = await read(aRequest([aSpan(1, { attributes: attributes(named) })]));
    expect(sourceOf(run, run.spans.sourceId[0]!)).toEqual({ ...place, rung: 'code-attribute' });
    expect(run.attributes.span).toHaveLength(0);
  });

  it.each([
    [{ 'code.function.name': 'f' }],
    [{ 'code.file.path': 'a.py', 'code.line.number': -1 }],
  ])('that are none stay attributes', async (named) => {
    const run = await read(aRequest([aSpan(1, { attributes: attributes(named) })]));
    expect(run.spans.sourceId[0]).toBe(0);
    expect(run.attributes.span).toHaveLength(Object.keys(named).length);
  });
});

describe('the level of a log record', () => {
  it.each([
    [1, '', 'trace'],
    [8, '', 'debug'],
    [9, 'ERROR', 'info'],
    [16, '', 'warn'],
    [17, '', 'error'],
    [24, '', 'fatal'],
    [0, 'Warning', 'warn'],
    [0, 'none', 'none'],
    [99, 'what', 'none'],
  ] as const)('of severity %d “%s” is %s', (severity, text, level) => {
    expect(levelOf(severity, text)).toBe(level);
  });
});

describe('what is no OTLP', () => {
  it.each([
    ['a Chrome trace', '{"traceEvents":[{"name":"resourceSpans","scopeSpans":1}]}'],
    ['a speedscope file', '{"$schema":"https://www.speedscope.app/file-format-schema.json"}'],
    ['a log', 'INFO loaded {"resource": 1}\n'],
    [
      'pprof',
      Buffer.from([0x0a, 0x04, 0x08, 0x01, 0x10, 0x02, 0x12, 0x04, 0x0a, 0x02, 0x01, 0x02]),
    ],
    ['zeros', Buffer.alloc(100)],
    ['nothing', ''],
  ])('%s is not taken for it', (_what, input) => {
    expect(otlpJsonImporter.detect(headOf(input))).toBe(0);
    expect(otlpProtobufImporter.detect(headOf(input))).toBe(0);
  });
});
