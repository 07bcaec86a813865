import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { attributesOf } from '../../../../../src/profiler/model/attributes.ts';
import { type Run, sourceOf, spanCount, spanName } from '../../../../../src/profiler/model/run.ts';
import { detectFormat } from '../../../../../src/profiler/importers/detectFormat.ts';
import { otlpJsonImporter } from '../../../../../src/profiler/importers/otlp/otlpJsonImporter.ts';
import { otlpProtobufImporter } from '../../../../../src/profiler/importers/otlp/otlpProtobufImporter.ts';
import { jsonRequest, madeSpans, protobufRequest } from '../../../../bench/support/otlpFiles.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import { aRequest, aSpan, id } from './otlpRequests.ts';

const BOTH = [otlpJsonImporter, otlpProtobufImporter];
const made = [...madeSpans(1000)];

/** The depth of each made span, worked out from its ids alone. */
const madeDepths = ((): number[] => {
  const depths = new Map<string, number>();
  return made.map(({ spanId, parentSpanId }) => {
    const depth = parentSpanId === '' ? 0 : depths.get(parentSpanId)! + 1;
    depths.set(spanId, depth);
    return depth;
  });
})();

function factsOf(run: Run): unknown {
  return Array.from({ length: spanCount(run) }, (_, span) => [
    spanName(run, span),
    run.spans.startNs[span],
    run.spans.durationNs[span],
    run.spans.depth[span],
    sourceOf(run, run.spans.sourceId[span]!),
    [...attributesOf(run, span)].sort(),
    run.spanIds?.[span],
  ]);
}

describe.each([
  ['protobuf', otlpProtobufImporter, protobufRequest(made)],
  ['JSON', otlpJsonImporter, Buffer.from(jsonRequest(made))],
])('OTLP as %s', (_form, importer, bytes) => {
  it('is told by its content', () => {
    expect(detectFormat(headOf(bytes), BOTH).format).toBe(importer.format);
    expect(detectFormat(headOf(bytes.subarray(0, 300)), BOTH).format).toBe(importer.format);
  });

  it('gives the spans, their tree, times, attributes and sources', async () => {
    const { run, head } = await importBytes(importer, bytes);
    expect(spanCount(run)).toBe(made.length);
    expect(Array.from(run.spans.depth)).toEqual(madeDepths);
    expect(head.epochNs).toBe(made[0]!.startNs);
    made.forEach(({ startNs, endNs, name }, span) => {
      expect(run.epochNs + BigInt(run.spans.startNs[span]!)).toBe(startNs);
      expect(BigInt(run.spans.durationNs[span]!)).toBe(endNs - startNs);
      expect(spanName(run, span)).toBe(name);
    });
    expect(sourceOf(run, run.spans.sourceId[3]!)).toEqual({
      file: 'src/orders.ts',
      line: 13,
      rung: 'code-attribute',
    });
    expect(Object.fromEntries(attributesOf(run, 10))).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'db.query.text': 'SELECT * FROM orders WHERE customer = 10',
      'span.kind': 'server',
    });
    expect(head.client).toBe('opentelemetry nodejs');
    expect(run.tracks.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['process orders']);
    expect(run.provenance.rejectedCount).toBe(0);
  });

  it.each([1, 7, 64, 1000])('is the same in pieces of %d bytes', async (chunkBytes) => {
    const few = made.slice(0, 40);
    const small = importer.format === 'otlp-json' ? jsonRequest(few) : protobufRequest(few);
    const whole = await importBytes(importer, small);
    const pieces = await importBytes(importer, small, { chunkBytes });
    expect(factsOf(pieces.run)).toEqual(factsOf(whole.run));
  });

  it('is the same with its requests in any order', async () => {
    const parts = [made.slice(0, 333), made.slice(333, 700), made.slice(700)];
    const encode = (part: typeof made): Uint8Array =>
      importer.format === 'otlp-json'
        ? Buffer.from(`${jsonRequest(part)}\n`)
        : protobufRequest(part);
    const forward = await importBytes(importer, Buffer.concat(parts.map(encode)));
    const backward = await importBytes(
      importer,
      Buffer.concat(parts.toReversed().map((part) => encode(part.toReversed()))),
    );
    expect(Array.from(forward.run.spans.depth)).toEqual(madeDepths);
    expect(factsOf(backward.run)).toEqual(factsOf(forward.run));
  });

  it('tells of a cut end, and keeps what was before', async () => {
    const { run } = await importBytes(importer, bytes.subarray(0, bytes.length / 2));
    expect(spanCount(run)).toBeGreaterThan(400);
    expect(spanCount(run)).toBeLessThan(600);
    expect(run.provenance.rejected).toHaveLength(1);
    expect(run.provenance.rejected[0]!.offset).toBeGreaterThan(bytes.length / 2 - 1000);
    expect(run.provenance.rejected[0]!.reason).toMatch(/ends/u);
  });

  it('is read from gzip', async () => {
    expect(spanCount((await importBytes(importer, gzipSync(bytes))).run)).toBe(made.length);
  });
});

describe('OTLP as the collector writes it to files', () => {
  it('has each message of protobuf behind its length', async () => {
    const messages = [made.slice(0, 500), made.slice(500)].map((part) => {
      const message = protobufRequest(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      return Buffer.concat([length, message]);
    });
    const bytes = Buffer.concat(messages);
    expect(detectFormat(headOf(bytes), BOTH).format).toBe('otlp-protobuf');
    const { run } = await importBytes(otlpProtobufImporter, bytes, { chunkBytes: 333 });
    expect(spanCount(run)).toBe(1000);
    expect(Array.from(run.spans.depth)).toEqual(madeDepths);
    expect(run.provenance.rejectedCount).toBe(0);
  });
});

describe('OTLP as JSON', () => {
  it('stands on the lines of a log, behind a prefix, between other lines', async () => {
    const resource = JSON.parse(aRequest([aSpan(1), aSpan(2, { parentSpanId: id(1) })])) as {
      resourceSpans: unknown[];
    };
    const log = [
      'Nov 23, 2026 4:45:12 AM io.opentelemetry.exporter.logging.otlp.Exporter export',
      `INFO: ${JSON.stringify(resource.resourceSpans[0])}`,
      'another line with {"resource of another kind',
      `12:00 ${aRequest([aSpan(3)])}`,
    ].join('\r\n');
    expect(detectFormat(headOf(log), BOTH).format).toBe('otlp-json');
    for (const chunkBytes of [1, 5, 11, 65_536]) {
      const { run } = await importBytes(otlpJsonImporter, log, { chunkBytes });
      expect(spanCount(run)).toBe(3);
    }
  });

  it('holds several signals, links, events and values of every kind', async () => {
    const { run } = await importBytes(
      otlpJsonImporter,
      aRequest([
        aSpan(1, {
          attributes: [
            { key: 'text', value: { stringValue: 'a' } },
            { key: 'int', value: { intValue: '7' } },
            { key: 'number', value: { intValue: 8 } },
            { key: 'big', value: { intValue: '9007199254740993' } },
            { key: 'double', value: { doubleValue: 0.5 } },
            { key: 'nan', value: { doubleValue: 'NaN' } },
            { key: 'yes', value: { boolValue: true } },
            { key: 'bytes', value: { bytesValue: 'AAE=' } },
            {
              key: 'list',
              value: { arrayValue: { values: [{ intValue: '1' }, { stringValue: 'b' }] } },
            },
            {
              key: 'map',
              value: {
                kvlistValue: {
                  values: [
                    {
                      key: 'x',
                      value: {
                        kvlistValue: { values: [{ key: 'y', value: { boolValue: false } }] },
                      },
                    },
                  ],
                },
              },
            },
            { key: '__proto__', value: { stringValue: 'no harm' } },
            { key: 'nothing', value: {} },
          ],
          events: [
            {
              timeUnixNano: '1790000000000000005',
              name: 'seen',
              attributes: [{ key: '__proto__', value: { intValue: 1 } }],
            },
          ],
          links: [
            { traceId: id(9).repeat(2), spanId: id(3) },
            { traceId: id(1, 32), spanId: id(2) },
          ],
          status: { code: 2, message: 'why' },
        }),
        aSpan(2),
      ]),
    );
    expect(Object.fromEntries(attributesOf(run, 0))).toEqual(
      Object.fromEntries([
        ['text', 'a'],
        ['int', 7],
        ['number', 8],
        ['big', 9007199254740993n],
        ['double', 0.5],
        ['nan', Number.NaN],
        ['yes', true],
        ['bytes', 'AAE='],
        ['list', [1, 'b']],
        ['map.x.y', false],
        ['__proto__', 'no harm'],
        ['otel.status_description', 'why'],
      ]),
    );
    expect(run.spans.status[0]).toBe(2);
    expect(run.links.from).toEqual(Uint32Array.of(0));
    expect(run.links.to).toEqual(Uint32Array.of(1));
    expect(run.instants.timeNs).toEqual(Float64Array.of(5));
  });

  it('says that snake_case keys are none of it', async () => {
    const read = importBytes(otlpJsonImporter, '{"resource_spans":[]}');
    await expect(read).rejects.toThrow(/resource_spans is not valid in OTLP; it is resourceSpans/u);
  });
});

describe('what the client dropped', () => {
  it('is told as loss', async () => {
    const span = aSpan(1, {
      droppedAttributesCount: 3,
      droppedEventsCount: 2,
      droppedLinksCount: 1,
    });
    const { run } = await importBytes(otlpJsonImporter, aRequest([span]));
    expect(run.provenance.droppedInstants).toBe(2);
    expect(run.provenance.rejected.map(({ reason }) => reason)).toEqual([
      'the client dropped 3 attributes, 2 events, 1 links before it sent them',
    ]);
  });
});
