import { ColumnReader, ColumnWriter, type StorableColumn, align8 } from './columnArea.ts';
import type { LogSummary } from './logSummary.ts';
import { ProfilerError } from './profilerError.ts';
import type { Run } from './run.ts';
import { checkRun } from './runCheck.ts';
import { type RunMetadata, runMetadataSchema } from './runMetadata.ts';
import { readStrings, writeStrings } from './stringColumns.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';
import { wordHash } from './wordHash.ts';

/*
 * Layout, all numbers little-endian:
 *   0  8 bytes  magic "EARSHRUN"
 *   8  u32      version of the format
 *  12  u32      wordHash of everything from byte 32 on
 *  16  f64      bytes of the JSON metadata
 *  24  f64      bytes of the column area
 *  32           metadata, UTF-8, zeros to a multiple of 8, then the column area
 */
const MAGIC = encodeUtf8('EARSHRUN');
const HEADER_BYTES = 32;

/** Version of the stored format. Version 1: the first. */
export const RUN_FORMAT_VERSION = 1;

function requireLittleEndian(): void {
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1) {
    const message = 'Stored runs can only be read on little-endian processors.';
    throw new ProfilerError('codec.unsupported-platform', message);
  }
}

/**
 * A run as bytes for a file, a database or a message; equal runs give equal bytes. Read it again with `decodeRun`.
 * Throws a ZodError for a run that holds numbers which are none (infinite amounts in accounts or ledgers).
 */
export function encodeRun(run: Run): Uint8Array<ArrayBuffer> {
  requireLittleEndian();
  const writer = new ColumnWriter();
  addColumns(run, writer);
  const metadata = encodeUtf8(JSON.stringify(runMetadataSchema.parse(metadataOf(run, writer))));
  const base = align8(HEADER_BYTES + metadata.length);
  const bytes = new Uint8Array(base + writer.byteLength);
  bytes.set(MAGIC);
  bytes.set(metadata, HEADER_BYTES);
  writer.writeTo(bytes, base);
  const header = new DataView(bytes.buffer);
  header.setUint32(8, RUN_FORMAT_VERSION, true);
  header.setFloat64(16, metadata.length, true);
  header.setFloat64(24, writer.byteLength, true);
  header.setUint32(12, checkSum(bytes), true);
  return bytes;
}

/**
 * Reads a run that `encodeRun` wrote. Columns are views of `bytes` where it is aligned to 8, so do not change it.
 *
 * @throws ProfilerError `codec.not-a-run`, `codec.newer-version`, `codec.truncated` or `codec.damaged`.
 */
export function decodeRun(bytes: Uint8Array): Run {
  requireLittleEndian();
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { metadataBytes, columnBytes } = readHeader(aligned);
  const base = align8(HEADER_BYTES + metadataBytes);
  const metadata = parseMetadata(aligned.subarray(HEADER_BYTES, HEADER_BYTES + metadataBytes));
  const start = aligned.byteOffset + base;
  const run = toRun(
    metadata,
    new ColumnReader(aligned.buffer, start, columnBytes, metadata.columns),
  );
  checkRun(run);
  return run;
}

function checkSum(bytes: Uint8Array): number {
  const words = (bytes.byteLength - HEADER_BYTES) / 4;
  return wordHash(new Uint32Array(bytes.buffer, bytes.byteOffset + HEADER_BYTES, words));
}

function readHeader(bytes: Uint8Array): { metadataBytes: number; columnBytes: number } {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    throw new ProfilerError('codec.not-a-run', 'This is not a stored run.');
  }
  if (bytes.length < HEADER_BYTES) throw truncated(bytes.length, HEADER_BYTES);
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const version = header.getUint32(8, true);
  if (version > RUN_FORMAT_VERSION) {
    const message = `The run has the format version ${version}; this program reads up to ${RUN_FORMAT_VERSION}.`;
    throw new ProfilerError('codec.newer-version', message);
  }
  const metadataBytes = header.getFloat64(16, true);
  const columnBytes = header.getFloat64(24, true);
  if (
    version < 1 ||
    !(Number.isSafeInteger(metadataBytes) && metadataBytes >= 0) ||
    !(Number.isSafeInteger(columnBytes) && columnBytes >= 0)
  ) {
    throw new ProfilerError('codec.damaged', 'The head of the stored run is damaged.');
  }
  const expected = align8(HEADER_BYTES + metadataBytes) + columnBytes;
  if (bytes.length < expected) throw truncated(bytes.length, expected);
  if (bytes.length > expected || checkSum(bytes) !== header.getUint32(12, true)) {
    throw new ProfilerError('codec.damaged', 'The stored run is damaged: its check sum is wrong.');
  }
  return { metadataBytes, columnBytes };
}

function truncated(actual: number, expected: number): ProfilerError {
  const message = `The stored run ends after ${actual} of ${expected} bytes.`;
  return new ProfilerError('codec.truncated', message);
}

function parseMetadata(bytes: Uint8Array): RunMetadata {
  try {
    return runMetadataSchema.parse(JSON.parse(decodeUtf8(bytes)));
  } catch (cause) {
    throw new ProfilerError('codec.damaged', 'The metadata of the stored run is damaged.', {
      cause,
    });
  }
}

function addColumns(run: Run, writer: ColumnWriter): void {
  writeStrings(run.strings, writer);
  addGroup(writer, 'spans', { ...run.spans });
  addGroup(writer, 'attributes', { ...run.attributes });
  addGroup(writer, 'instants', { ...run.instants });
  addGroup(writer, 'links', { ...run.links });
  if (run.spanIds !== null) writer.add('spanIds', run.spanIds);
  if (run.weights !== null) {
    writer.add('weights.total', run.weights.total);
    writer.add('weights.self', run.weights.self);
  }
  run.counters.forEach((counter, i) => {
    writer.add(`counters.${i}.timesNs`, counter.timesNs);
    writer.add(`counters.${i}.values`, counter.values);
  });
}

/** In the order of their names, so that equal runs give equal bytes. */
function addGroup(
  writer: ColumnWriter,
  group: string,
  columns: Readonly<Record<string, StorableColumn>>,
): void {
  for (const name of Object.keys(columns).sort()) {
    const column = columns[name];
    if (column !== undefined) writer.add(`${group}.${name}`, column);
  }
}

function metadataOf(run: Run, writer: ColumnWriter): RunMetadata {
  const { environment } = run;
  return {
    id: run.id,
    name: run.name,
    kind: run.kind,
    status: run.status,
    error: run.error,
    epochNs: run.epochNs.toString(),
    traceId: run.traceId,
    weightUnit: run.weights?.unit ?? null,
    tracks: run.tracks.map(({ name, kind, lanes }) => ({ name, kind, lanes })),
    counters: run.counters.map(({ name, unit, trackId }) => ({ name, unit, trackId })),
    sourceRefs: [...run.sourceRefs],
    work: run.work.map((account) => ({
      ...account,
      dropped: Object.entries(account.dropped),
      loads: Object.entries(account.loads),
    })),
    ledgers: run.ledgers.map((ledger) => ({ ...ledger, buckets: [...ledger.buckets] })),
    log: storableLog(run.log),
    environment: {
      ...environment,
      models: Object.entries(environment.models),
      batchSizes: Object.entries(environment.batchSizes),
    },
    provenance: {
      ...run.provenance,
      files: [...run.provenance.files],
      rejected: [...run.provenance.rejected],
    },
    columns: writer.directory,
  };
}

/** A copy whose arrays may be changed, as the schema wants it. */
function storableLog(log: LogSummary | null): RunMetadata['log'] {
  if (log === null) return null;
  return {
    ...log,
    files: [...log.files],
    unmatched: [...log.unmatched],
    templates: log.templates.map((template) => ({ ...template, variants: [...template.variants] })),
    measurements: [...log.measurements],
  };
}

function toRun(metadata: RunMetadata, reader: ColumnReader): Run {
  const { environment, weightUnit } = metadata;
  const startNs = reader.f64('spans.startNs');
  const spans = startNs.length;
  const attributeSpan = reader.u32('attributes.span');
  const attributes = attributeSpan.length;
  const timeNs = reader.f64('instants.timeNs');
  const instants = timeNs.length;
  const from = reader.u32('links.from');
  return {
    id: metadata.id,
    name: metadata.name,
    kind: metadata.kind,
    status: metadata.status,
    error: metadata.error,
    epochNs: BigInt(metadata.epochNs),
    traceId: metadata.traceId,
    strings: readStrings(reader),
    tracks: metadata.tracks.map((track, id) => ({ id, ...track })),
    spans: {
      startNs,
      durationNs: reader.f64('spans.durationNs', spans),
      selfNs: reader.f64('spans.selfNs', spans),
      nameId: reader.u32('spans.nameId', spans),
      trackId: reader.u32('spans.trackId', spans),
      sourceId: reader.u32('spans.sourceId', spans),
      parent: reader.i32('spans.parent', spans),
      depth: reader.u16('spans.depth', spans),
      lane: reader.u16('spans.lane', spans),
      status: reader.u8('spans.status', spans),
    },
    spanIds: reader.has('spanIds') ? reader.u64('spanIds', spans) : null,
    weights:
      weightUnit === null
        ? null
        : {
            unit: weightUnit,
            total: reader.f64('weights.total', spans),
            self: reader.f64('weights.self', spans),
          },
    attributes: {
      span: attributeSpan,
      keyId: reader.u32('attributes.keyId', attributes),
      type: reader.u8('attributes.type', attributes),
      value: reader.f64('attributes.value', attributes),
    },
    instants: {
      timeNs,
      textId: reader.u32('instants.textId', instants),
      kind: reader.u8('instants.kind', instants),
      level: reader.u8('instants.level', instants),
      span: reader.i32('instants.span', instants),
      trackId: reader.u32('instants.trackId', instants),
      attributesId: reader.u32('instants.attributesId', instants),
    },
    links: { from, to: reader.u32('links.to', from.length) },
    counters: metadata.counters.map((counter, i) => {
      const timesNs = reader.f64(`counters.${i}.timesNs`);
      return { ...counter, timesNs, values: reader.f64(`counters.${i}.values`, timesNs.length) };
    }),
    sourceRefs: metadata.sourceRefs.map(({ column, functionName, ...ref }) => ({
      ...ref,
      ...(column === undefined ? {} : { column }),
      ...(functionName === undefined ? {} : { functionName }),
    })),
    work: metadata.work.map((account) => ({
      ...account,
      dropped: Object.fromEntries(account.dropped),
      loads: Object.fromEntries(account.loads),
    })),
    ledgers: metadata.ledgers.map((ledger) => ({
      ...ledger,
      buckets: ledger.buckets.map(({ name, reason, amount }) => ({
        name,
        ...(reason === undefined ? {} : { reason }),
        amount,
      })),
    })),
    log: metadata.log,
    environment: {
      ...environment,
      models: Object.fromEntries(environment.models),
      batchSizes: Object.fromEntries(environment.batchSizes),
    },
    provenance: {
      ...metadata.provenance,
      rejectedCount: metadata.provenance.rejectedCount ?? metadata.provenance.rejected.length,
    },
  };
}
