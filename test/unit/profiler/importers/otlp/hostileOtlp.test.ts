import fc from 'fast-check';
import { PbfWriter } from 'pbf';
import { describe, expect, it } from 'vitest';
import { addOtlpBody } from '../../../../../src/profiler/importers/otlp/addOtlpBody.ts';
import { otlpJsonImporter } from '../../../../../src/profiler/importers/otlp/otlpJsonImporter.ts';
import { otlpProtobufImporter } from '../../../../../src/profiler/importers/otlp/otlpProtobufImporter.ts';
import { decodeRun, encodeRun } from '../../../../../src/profiler/model/runCodec.ts';
import { checkRun } from '../../../../../src/profiler/model/runCheck.ts';
import { RunBuilder } from '../../../../../src/profiler/model/runBuilder.ts';
import { spanCount } from '../../../../../src/profiler/model/run.ts';
import { jsonRequest, madeSpans, protobufRequest } from '../../../../bench/support/otlpFiles.ts';
import { importBytes } from '../../../../helpers/importBytes.ts';
import { aRequest, aSpan, id } from './otlpRequests.ts';

const made = [...madeSpans(30)];

function aBuilder(): RunBuilder {
  return new RunBuilder({
    id: 'run',
    name: 'run',
    kind: 'trace',
    epochNs: 1_790_000_000_000_000_000n,
    provenance: { client: '', version: '', format: 'otlp' },
  });
}

describe('spans that cannot be', () => {
  it.each([
    ['no trace id', { traceId: undefined }, 'a span without a trace id'],
    ['a trace id of zeros', { traceId: id(0, 32) }, 'a span whose trace id is zero'],
    ['a short trace id', { traceId: id(1) }, 'a span whose trace id is not 32 hexadecimal digits'],
    [
      'an id in base64',
      { spanId: 'AAAAAAAAAAE=' },
      'a span whose span id is not 16 hexadecimal digits',
    ],
    ['an id of zeros', { spanId: id(0) }, 'a span whose span id is zero'],
    ['no start', { startTimeUnixNano: '0' }, 'a span without a start time'],
    ['a negative start', { startTimeUnixNano: -5 }, 'a span without a start time'],
    ['a start that is no number', { startTimeUnixNano: 'NaN' }, 'a span without a start time'],
    [
      'a start beyond 64 bits',
      { startTimeUnixNano: '99999999999999999999999' },
      'a span without a start time',
    ],
    [
      'an end before its start',
      { endTimeUnixNano: '1789999999999999999' },
      'a span that ends 2 ns before it starts',
    ],
  ])('%s', async (_what, change, reason) => {
    const text = aRequest([aSpan(1), aSpan(2, change), aSpan(3)]);
    const { run } = await importBytes(otlpJsonImporter, text);
    expect(spanCount(run)).toBe(2);
    const offset = text.indexOf('{', text.indexOf('span 1'));
    expect(run.provenance.rejected).toEqual([{ file: 'unknown', offset, reason }]);
  });

  it('are told when nothing else is there', async () => {
    const text = aRequest([aSpan(1, { spanId: '' })]);
    await expect(importBytes(otlpJsonImporter, text)).rejects.toMatchObject({
      code: 'import.unreadable',
    });
  });

  it('leave rows of another type out one by one', async () => {
    const text = aRequest([1, null, 'x', [[]], aSpan(1)]);
    const { run } = await importBytes(otlpJsonImporter, text);
    expect(spanCount(run)).toBe(1);
    expect(run.provenance.rejected.map(({ reason }) => reason)).toEqual(
      new Array(4).fill('a span that is no object'),
    );
  });
});

describe('ids', () => {
  it('are the same in both cases of letters', async () => {
    const upper = { spanId: '00000000000000AB', traceId: id(0xab, 32).toUpperCase() };
    const lower = { traceId: id(0xab, 32), parentSpanId: '00000000000000ab' };
    const { run } = await importBytes(
      otlpJsonImporter,
      aRequest([aSpan(1, upper), aSpan(2, lower)]),
    );
    expect(Array.from(run.spans.parent)).toEqual([-1, 0]);
  });

  it('may be equal in different traces', async () => {
    const other = { traceId: id(2, 32) };
    const spans = [
      aSpan(1),
      aSpan(1, { ...other, name: 'other' }),
      aSpan(2, { ...other, parentSpanId: id(1) }),
    ];
    const { run } = await importBytes(otlpJsonImporter, aRequest(spans));
    const names = Array.from(run.spans.nameId, (name) => run.strings[name]);
    expect(names[run.spans.parent[names.indexOf('span 2')]!]).toBe('other');
  });

  it('that come twice are rejected the second time', async () => {
    const { run } = await importBytes(otlpJsonImporter, aRequest([aSpan(1), aSpan(1)]));
    expect(spanCount(run)).toBe(1);
    expect(run.provenance.rejected[0]?.reason).toContain('that another has');
  });

  it('that go in a circle make a root', async () => {
    const spans = [
      aSpan(1, { parentSpanId: id(3) }),
      aSpan(2, { parentSpanId: id(1) }),
      aSpan(3, { parentSpanId: id(2) }),
      aSpan(4, { parentSpanId: id(4) }),
    ];
    const { run } = await importBytes(otlpJsonImporter, aRequest(spans));
    checkRun(run);
    expect(run.spans.parent.filter((parent) => parent < 0)).toHaveLength(2);
  });
});

describe('hostile bytes', () => {
  it('nest 100,000 deep', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const value = `{"arrayValue":{"values":${deep}}}`;
    const text = aRequest([aSpan(1, { attributes: [{ key: 'a', value: '#' }] })]).replace(
      '"#"',
      value,
    );
    expect(spanCount((await importBytes(otlpJsonImporter, text)).run)).toBe(1);
    const maps =
      '{"kvlistValue":{"values":[{"key":"k","value":'.repeat(20_000) + '{}' + '}]}}'.repeat(20_000);
    const nested = aRequest([aSpan(1, { attributes: [{ key: 'a', value: '#' }] })]).replace(
      '"#"',
      maps,
    );
    expect(spanCount((await importBytes(otlpJsonImporter, nested)).run)).toBe(1);
  });

  it('nest deep in protobuf', async () => {
    let any = Buffer.from([0x10, 1]);
    for (let i = 0; i < 2000; i += 1) {
      const pbf = new PbfWriter();
      pbf.writeMessage(5, (inner: Buffer, array) => array.writeBytesField(1, inner), any);
      any = Buffer.from(pbf.finish());
    }
    const span = new PbfWriter();
    span.writeBytesField(1, Buffer.alloc(16, 1));
    span.writeBytesField(2, Buffer.alloc(8, 1));
    span.writeTag(7, 1);
    span.writeFixed32(5);
    span.writeFixed32(1);
    span.writeMessage(
      9,
      (value: Buffer, pair) => {
        pair.writeStringField(1, 'deep');
        pair.writeBytesField(2, value);
      },
      any,
    );
    const request = new PbfWriter();
    request.writeMessage(
      1,
      (bytes: Uint8Array, resource) => {
        resource.writeMessage(
          2,
          (inner: Uint8Array, scope) => scope.writeBytesField(2, inner),
          bytes,
        );
      },
      span.finish(),
    );
    const { run } = await importBytes(otlpProtobufImporter, Buffer.from(request.finish()));
    expect(spanCount(run)).toBe(1);
  });

  it('have names of 10 MB, and names that mean harm', async () => {
    const names = [
      'x'.repeat(10_000_000),
      '../../etc/passwd',
      '<b>',
      'a\0b',
      '\u202Eabc',
      '\uD800',
    ];
    const text = aRequest(names.map((name, i) => aSpan(i + 1, { name })));
    const { run } = await importBytes(otlpJsonImporter, text);
    expect(spanCount(run)).toBe(names.length);
    expect(decodeRun(encodeRun(run)).strings).toEqual(run.strings);
  });

  it('promise records that never come', async () => {
    // A span of 2 GB by its length, in a scope and a resource as large.
    const header = Buffer.from([
      0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x12, 0xf0, 0xff, 0xff, 0xff, 0x07,
    ]);
    const record = Buffer.from([0x12, 0xe0, 0xff, 0xff, 0xff, 0x07, 0x0a, 0x10]);
    const before = process.memoryUsage().arrayBuffers;
    await expect(
      importBytes(otlpProtobufImporter, Buffer.concat([header, record])),
    ).rejects.toMatchObject({ code: 'import.unreadable' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 2 ** 20);
  });

  it.each([
    ['protobuf', 'application/x-protobuf', Buffer.from(protobufRequest(made))],
    ['JSON', 'application/json', Buffer.from(jsonRequest(made))],
  ] as const)(
    'of %s, changed at random, never throw and give a sound run',
    async (_form, type, good) => {
      const change = fc.record({
        at: fc.nat(good.length - 1),
        byte: fc.nat(255),
        cut: fc.option(fc.nat(good.length), { nil: null, freq: 5 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
          const bytes = Buffer.from(good);
          let end = bytes.length;
          for (const { at, byte, cut } of changes) {
            bytes[at] = byte;
            end = Math.min(end, cut ?? end);
          }
          const builder = aBuilder();
          for (const signal of ['traces', 'logs', 'metrics'] as const) {
            await addOtlpBody({ builder }, signal, type, bytes.subarray(0, end));
          }
          checkRun(builder.finish({ status: 'done' }));
        }),
        { numRuns: 150, seed: 4318 },
      );
    },
  );
});
