import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { PbfWriter } from 'pbf';

/** A made span: a tree of four levels in eight traces, with what instrumentation of HTTP and databases writes. */
export interface MadeSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: readonly (readonly [key: string, value: string | number])[];
}

const EPOCH_NS = 1_790_000_000_000_000_000n;
const NAMES = ['GET /orders', 'load order', 'SELECT orders', 'decode row', 'render'];
const SPANS_PER_REQUEST = 512;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Spans in the order in which they begin: each tenth a root, the others below one of the three before them. */
export function* madeSpans(count: number): Generator<MadeSpan> {
  const path: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const depth = i % 10 === 0 ? 0 : 1 + (i % 3);
    const spanId = hex(Math.imul(i + 1, 0x9e3779b1) >>> 0, 8) + hex(i + 1, 8);
    path[depth] = spanId;
    const startNs = EPOCH_NS + BigInt(i) * 1000n;
    yield {
      traceId: hex(0x5bd1e995, 8) + hex(Math.floor(i / 10) + 1, 24),
      spanId,
      parentSpanId:
        depth === 0 ? '' : (path[depth > 1 && i % 10 < depth + 1 ? 0 : depth - 1] ?? ''),
      name: NAMES[i % NAMES.length] ?? '',
      kind: depth === 0 ? 2 : 1,
      startNs,
      endNs: startNs + BigInt(12_000 - depth * 2000),
      attributes: [
        ['http.request.method', 'GET'],
        ['http.response.status_code', 200],
        ['db.query.text', `SELECT * FROM orders WHERE customer = ${i % 97}`],
        ['code.file.path', 'src/orders.ts'],
        ['code.line.number', 10 + (i % 40)],
      ],
    };
  }
}

const RESOURCE: readonly (readonly [string, string])[] = [
  ['service.name', 'orders'],
  ['telemetry.sdk.name', 'opentelemetry'],
  ['telemetry.sdk.language', 'nodejs'],
];

/** One request of spans as protobuf (ExportTraceServiceRequest). */
export function protobufRequest(spans: readonly MadeSpan[]): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (_: null, resourceSpans) => {
      resourceSpans.writeMessage(
        1,
        (__: null, resource) => writeAttributes(resource, 1, RESOURCE),
        null,
      );
      resourceSpans.writeMessage(2, writeScope, spans);
    },
    null,
  );
  return pbf.finish();
}

function writeScope(spans: readonly MadeSpan[], pbf: PbfWriter): void {
  pbf.writeMessage(1, (name: string, scope) => scope.writeStringField(1, name), 'orders');
  for (const span of spans) pbf.writeMessage(2, writeSpan, span);
}

function writeSpan(span: MadeSpan, pbf: PbfWriter): void {
  pbf.writeBytesField(1, Buffer.from(span.traceId, 'hex'));
  pbf.writeBytesField(2, Buffer.from(span.spanId, 'hex'));
  if (span.parentSpanId !== '') pbf.writeBytesField(4, Buffer.from(span.parentSpanId, 'hex'));
  pbf.writeStringField(5, span.name);
  pbf.writeVarintField(6, span.kind);
  writeFixed64(pbf, 7, span.startNs);
  writeFixed64(pbf, 8, span.endNs);
  writeAttributes(pbf, 9, span.attributes);
}

/** In two halves: a double does not hold the nanoseconds of our days. */
function writeFixed64(pbf: PbfWriter, field: number, value: bigint): void {
  pbf.writeTag(field, 1);
  pbf.writeFixed32(Number(value & 0xffffffffn));
  pbf.writeFixed32(Number(value >> 32n));
}

function writeAttributes(
  pbf: PbfWriter,
  field: number,
  attributes: readonly (readonly [string, string | number])[],
): void {
  for (const [key, value] of attributes) {
    pbf.writeMessage(
      field,
      (_: null, pair) => {
        pair.writeStringField(1, key);
        pair.writeMessage(
          2,
          (__: null, any) => {
            if (typeof value === 'string') any.writeStringField(1, value);
            else any.writeVarintField(3, value);
          },
          null,
        );
      },
      null,
    );
  }
}

/** One request of spans as JSON. */
export function jsonRequest(spans: readonly MadeSpan[]): string {
  const attributesOf = (attributes: readonly (readonly [string, string | number])[]): object[] =>
    attributes.map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
    }));
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: attributesOf(RESOURCE), droppedAttributesCount: 0 },
        scopeSpans: [
          {
            scope: { name: 'orders' },
            spans: spans.map(({ startNs, endNs, attributes, ...span }) => ({
              ...span,
              startTimeUnixNano: startNs.toString(),
              endTimeUnixNano: endNs.toString(),
              attributes: attributesOf(attributes),
              status: {},
            })),
          },
        ],
      },
    ],
  });
}

/**
 * Writes a file of many spans: requests of 512 spans one behind the other, as protobuf, or as JSON one a line (the form
 * of the collector's file exporter).
 */
export async function writeOtlpFile(
  path: string,
  count: number,
  encoding: 'protobuf' | 'json',
): Promise<void> {
  const file = createWriteStream(path);
  const write = async (batch: readonly MadeSpan[]): Promise<void> => {
    const piece = encoding === 'json' ? `${jsonRequest(batch)}\n` : protobufRequest(batch);
    if (!file.write(piece)) await once(file, 'drain');
  };
  let batch: MadeSpan[] = [];
  for (const span of madeSpans(count)) {
    batch.push(span);
    if (batch.length === SPANS_PER_REQUEST) {
      await write(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await write(batch);
  file.end();
  await once(file, 'close');
}
