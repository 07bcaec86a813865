import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { PbfWriter } from 'pbf';
import { seededRandom } from './statistics.ts';

/** A made span: one of ten that make a request. Times in nanoseconds from the beginning. */
interface MadeSpan {
  readonly id: number;
  /** 0 for a root. */
  readonly parent: number;
  readonly name: string;
  readonly thread: number;
  readonly startNs: number;
  readonly durationNs: number;
  readonly items: number;
  readonly device: string;
  readonly share: number;
}

const MS = 1e6;
const THREADS = 4;
/** A request, three steps in it, two calls in each: start and length in milliseconds, position of the parent. */
const SHAPE: readonly (readonly [start: number, length: number, parent: number])[] = [
  [0, 20, -1],
  [0, 6, 0],
  [0.5, 2, 1],
  [3, 2.5, 1],
  [6.5, 6, 0],
  [7, 2, 4],
  [9.5, 2.5, 4],
  [13, 6.5, 0],
  [13.5, 2, 7],
  [16, 3, 7],
];

/** Unix time of the first span: some second of November 2024, with digits that a double cannot hold. */
const EPOCH_NS = 1_732_329_619_123_456_789n;

function* madeSpans(count: number): Generator<MadeSpan> {
  const random = seededRandom(1);
  for (let id = 1; id <= count; id += 1) {
    const at = (id - 1) % SHAPE.length;
    const request = Math.floor((id - 1) / SHAPE.length);
    const [start, length, parent] = SHAPE[at] ?? [0, 0, -1];
    yield {
      id,
      parent: parent < 0 ? 0 : id - at + parent,
      name: at === 0 ? `request ${request % 20}` : `operation ${at} of ${request % 7}`,
      thread: 1 + (request % THREADS),
      startNs: (Math.floor(request / THREADS) * 25 + start) * MS,
      durationNs: Math.round((length - 0.3 * random()) * MS),
      items: id % 64,
      device: id % 2 === 0 ? 'cpu' : 'cuda:0',
      share: random(),
    };
  }
}

function hex(id: number): string {
  // Scattered, as ids are that a client makes at random.
  const low = Math.imul(id, 0x9e3779b1) >>> 0;
  return id.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

const TRACE_ID = '5b8efff798038103d269b633813fc60c';

function* otlpJson(count: number): Generator<string> {
  yield (
    '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"pipeline"}}]},' +
    '"scopeSpans":[{"scope":{"name":"bench"},"spans":['
  );
  let separator = '';
  for (const span of madeSpans(count)) {
    const start = EPOCH_NS + BigInt(span.startNs);
    yield (
      separator +
      JSON.stringify({
        traceId: TRACE_ID,
        spanId: hex(span.id),
        parentSpanId: span.parent === 0 ? '' : hex(span.parent),
        name: span.name,
        kind: 1,
        startTimeUnixNano: start.toString(),
        endTimeUnixNano: (start + BigInt(span.durationNs)).toString(),
        attributes: [
          { key: 'thread.id', value: { intValue: String(span.thread) } },
          { key: 'items', value: { intValue: String(span.items) } },
          { key: 'device', value: { stringValue: span.device } },
          { key: 'share', value: { doubleValue: span.share } },
        ],
        status: {},
      })
    );
    separator = ',';
  }
  yield ']}]}]}\n';
}

function* chromeJson(count: number): Generator<string> {
  yield '{"displayTimeUnit":"ms","traceEvents":[\n';
  let separator = '';
  for (const span of madeSpans(count)) {
    yield (
      separator +
      JSON.stringify({
        name: span.name,
        cat: 'bench',
        ph: 'X',
        ts: 1e9 + span.startNs / 1e3,
        dur: span.durationNs / 1e3,
        pid: 1,
        tid: span.thread,
        args: { items: span.items, device: span.device, share: span.share },
      })
    );
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** Spans in one message of OTLP; the messages of a file stand behind one another, and so are one. */
const SPANS_A_MESSAGE = 1000;

function* otlpProtobuf(count: number): Generator<Uint8Array> {
  let batch: MadeSpan[] = [];
  for (const span of madeSpans(count)) {
    batch.push(span);
    if (batch.length < SPANS_A_MESSAGE && span.id < count) continue;
    const pbf = new PbfWriter();
    pbf.writeMessage(1, writeResourceSpans, batch);
    yield pbf.finish().slice();
    batch = [];
  }
}

function writeResourceSpans(spans: readonly MadeSpan[], pbf: PbfWriter): void {
  pbf.writeMessage(1, writeResource, 'pipeline');
  pbf.writeMessage(2, writeScopeSpans, spans);
}

function writeResource(service: string, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeAttribute, ['service.name', service]);
}

function writeScopeSpans(spans: readonly MadeSpan[], pbf: PbfWriter): void {
  for (const span of spans) pbf.writeMessage(2, writeSpan, span);
}

function writeSpan(span: MadeSpan, pbf: PbfWriter): void {
  const start = EPOCH_NS + BigInt(span.startNs);
  pbf.writeBytesField(1, Buffer.from(TRACE_ID, 'hex'));
  pbf.writeBytesField(2, Buffer.from(hex(span.id), 'hex'));
  if (span.parent !== 0) pbf.writeBytesField(4, Buffer.from(hex(span.parent), 'hex'));
  pbf.writeStringField(5, span.name);
  pbf.writeVarintField(6, 1);
  writeFixed64(7, start, pbf);
  writeFixed64(8, start + BigInt(span.durationNs), pbf);
  pbf.writeMessage(9, writeAttribute, ['thread.id', span.thread]);
  pbf.writeMessage(9, writeAttribute, ['items', span.items]);
  pbf.writeMessage(9, writeAttribute, ['device', span.device]);
  pbf.writeMessage(9, writeAttribute, ['share', span.share]);
}

/** pbf writes 64 bits from a double only, which would round the time. */
function writeFixed64(field: number, value: bigint, pbf: PbfWriter): void {
  pbf.writeTag(field, 1);
  pbf.writeFixed32(Number(value & 0xffffffffn));
  pbf.writeFixed32(Number(value >> 32n));
}

function writeAttribute([key, value]: readonly [string, string | number], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeMessage(2, writeValue, value);
}

function writeValue(value: string | number, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value);
  else if (Number.isInteger(value)) pbf.writeVarintField(3, value);
  else pbf.writeDoubleField(4, value);
}

/** Files of spans that can be made, by the word for their format. */
export const SPAN_FILES = {
  'otlp-json': { name: 'OTLP JSON', write: otlpJson },
  'otlp-protobuf': { name: 'OTLP protobuf', write: otlpProtobuf },
  'chrome-trace': { name: 'Chrome JSON', write: chromeJson },
} as const;

export type SpanFile = keyof typeof SPAN_FILES;

/** Writes `count` spans to a file; the same ones whatever the format. */
export async function writeSpanFile(format: SpanFile, count: number, path: string): Promise<void> {
  const file = createWriteStream(path);
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (!file.write(Buffer.concat(pieces))) await once(file, 'drain');
    pieces = [];
    bytes = 0;
  };
  for (const piece of SPAN_FILES[format].write(count)) {
    const encoded = typeof piece === 'string' ? Buffer.from(piece) : piece;
    pieces.push(encoded);
    bytes += encoded.length;
    if (bytes > 2 ** 20) await flush();
  }
  await flush();
  file.end();
  await once(file, 'close');
}
