import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { otlpJsonChunks, toOtlpJson } from '../../../../src/profiler/export/otlpJson.ts';
import { spanCount } from '../../../../src/profiler/model/run.ts';
import { createRunRecorder } from '../../../../src/profiler/recorder/runRecorder.ts';
import { newBuilder, runArbitrary } from '../runFixture.ts';

/** Written from opentelemetry-proto's trace.proto, common.proto and the JSON rules of its specification. */
const unsigned64 = z
  .string()
  .regex(/^\d{1,20}$/u)
  .refine((digits) => BigInt(digits) < 2n ** 64n);
const signed64 = z.string().regex(/^-?\d{1,19}$/u);
const hex = (digits: number) =>
  z.string().regex(new RegExp(`^(?!0{${digits}}$)[0-9a-f]{${digits}}$`, 'u'));
const scalarValue = z.union([
  z.strictObject({}),
  z.strictObject({ stringValue: z.string() }),
  z.strictObject({ boolValue: z.boolean() }),
  z.strictObject({ intValue: signed64 }),
  z.strictObject({ doubleValue: z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]) }),
]);
const anyValue = z.union([
  scalarValue,
  z.strictObject({ arrayValue: z.strictObject({ values: z.array(scalarValue) }) }),
]);
const attributes = z.array(z.strictObject({ key: z.string(), value: anyValue }));
const span = z.strictObject({
  traceId: hex(32),
  spanId: hex(16),
  parentSpanId: hex(16).optional(),
  name: z.string(),
  kind: z.number().int().min(0).max(5),
  startTimeUnixNano: unsigned64,
  endTimeUnixNano: unsigned64,
  attributes,
  events: z
    .array(z.strictObject({ timeUnixNano: unsigned64, name: z.string(), attributes }))
    .optional(),
  links: z.array(z.strictObject({ traceId: hex(32), spanId: hex(16) })).optional(),
  status: z.strictObject({
    code: z.number().int().min(0).max(2).optional(),
    message: z.string().optional(),
  }),
});
const request = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string(), version: z.string().optional() }),
          spans: z.array(span),
        }),
      ),
    }),
  ),
});

const parse = (text: string) => {
  const { resource, scopeSpans } = request.parse(JSON.parse(text)).resourceSpans[0] ?? {};
  return { resource, spans: scopeSpans?.[0]?.spans ?? [] };
};

describe('OTLP/JSON', () => {
  it('fits the specification, with unique ids and parents that exist', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        fc.pre(run.weights === null);
        const { spans } = parse(toOtlpJson({ ...run, spanIds: null }));
        expect(spans).toHaveLength(spanCount(run));
        const ids = new Set(spans.map(({ spanId }) => spanId));
        expect(ids.size).toBe(spans.length);
        for (const { parentSpanId, startTimeUnixNano, endTimeUnixNano } of spans) {
          if (parentSpanId !== undefined) expect(ids).toContain(parentSpanId);
          expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
        }
        expect(toOtlpJson(run)).toBe(toOtlpJson(run));
      }),
    );
  });

  it('carries what a recorded run holds', async () => {
    const recorder = createRunRecorder({
      id: '01234567-89ab-4cde-8f01-23456789abcd',
      name: 'talk',
      kind: 'ingest',
      version: '0.1.0',
      environment: { cpu: 'A CPU', cores: 2, models: { text: 'ff' } },
    });
    const code = { functionName: 'decode', file: 'src/decode.ts', line: 12 };
    const stage = recorder.span(
      'stage:decode',
      { code, attributes: { big: 2 ** 40, ratio: 0.5 } },
      (open) => {
        open.addEvent('half', { at: 1 });
        recorder.log('warn', 'slow');
        throw new Error('broken');
      },
    );
    await expect(stage).rejects.toThrow('broken');
    const { resource, spans } = parse(toOtlpJson(recorder.finish('failed')));
    expect(resource?.attributes).toEqual(
      expect.arrayContaining([
        { key: 'service.name', value: { stringValue: 'earshot' } },
        { key: 'host.cpu.model.name', value: { stringValue: 'A CPU' } },
        { key: 'earshot.environment.cores', value: { intValue: '2' } },
        { key: 'earshot.environment.models', value: { stringValue: '{"text":"ff"}' } },
      ]),
    );
    const [root, decode] = spans;
    expect(root?.traceId).toBe('0123456789ab4cde8f0123456789abcd');
    expect(decode?.parentSpanId).toBe(root?.spanId);
    expect(decode?.status).toEqual({ code: 2 });
    expect(decode?.attributes).toEqual(
      expect.arrayContaining([
        { key: 'code.file.path', value: { stringValue: 'src/decode.ts' } },
        { key: 'code.line.number', value: { intValue: '12' } },
        { key: 'code.function.name', value: { stringValue: 'decode' } },
        { key: 'big', value: { intValue: '1099511627776' } },
        { key: 'ratio', value: { doubleValue: 0.5 } },
      ]),
    );
    expect(decode?.events?.map(({ name }) => name).sort()).toEqual(['exception', 'half', 'log']);
  });

  it('refuses a run without times', () => {
    const run = newBuilder({ weightUnit: 'samples' }).finish({ status: 'done' });
    expect(() => [...otlpJsonChunks(run)]).toThrow(
      expect.objectContaining({ code: 'export.no-time' }),
    );
  });

  it('comes in pieces that no big run makes giant', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'process');
    for (let i = 0; i < 2000; i += 1) {
      builder.addSpan({ name: `span ${i}`, startNs: i, durationNs: 1, track, parent: null });
    }
    const run = builder.finish({ status: 'done' });
    const chunks = [...otlpJsonChunks(run)];
    expect(chunks.length).toBeGreaterThan(7);
    expect(parse(chunks.join('')).spans).toHaveLength(2000);
  });
});
