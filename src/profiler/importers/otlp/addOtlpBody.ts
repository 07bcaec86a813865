import type { RunBuilder } from '../../model/runBuilder.ts';
import type { OtlpAcceptance } from './otlpAcceptance.ts';
import { OtlpClock } from './otlpClock.ts';
import type { OtlpContentType } from './otlpContentType.ts';
import { readOtlpJson } from './otlpJsonReader.ts';
import type { OtlpSignal } from './otlpRecords.ts';
import type { OtlpSink } from './otlpSink.ts';
import { ProtobufStream } from './protobufStream.ts';
import { RunSink } from './runSink.ts';

/** Where the body of a request goes. */
export interface OtlpBodyTarget {
  readonly builder: RunBuilder;
  /** What rejected rows are told of as their file: `otlp` where it is left out. */
  readonly name?: string;
}

/**
 * Adds the body of an OTLP/HTTP request to a run. Bodies of one builder make one tree, whichever order they come in: a
 * parent may come long after its children. Rows that cannot be read are rejected and told in the answer; it does not
 * throw for whatever the bytes are.
 *
 * @param bytes decompressed.
 */
export async function addOtlpBody(
  target: OtlpBodyTarget,
  signal: OtlpSignal,
  contentType: OtlpContentType,
  bytes: Uint8Array,
): Promise<OtlpAcceptance> {
  const { builder } = target;
  const file = target.name ?? 'otlp';
  const sink = new RunSink(new OtlpClock(builder.epochNs), () => ({
    builder,
    offsetNs: 0,
    reject: (offset, reason) => {
      builder.reject({ file, offset, reason });
    },
  }));
  const malformed = await readOtlpBody(sink, signal, contentType, bytes);
  sink.finish();
  const { accepted, rejected } = sink;
  return { accepted, rejected, message: sink.problem, malformed };
}

/** Reads the body of a request into a sink. True where the body itself is no OTLP, or only a part of one. */
export async function readOtlpBody(
  sink: OtlpSink,
  signal: OtlpSignal,
  contentType: OtlpContentType,
  bytes: Uint8Array,
): Promise<boolean> {
  if (contentType === 'application/json') {
    return !(await readOtlpJson(sink, onePiece(bytes), signal));
  }
  const stream = new ProtobufStream(sink, signal);
  stream.push(bytes);
  stream.end();
  return stream.damaged;
}

// eslint-disable-next-line @typescript-eslint/require-await -- the reader of JSON takes its pieces as they come
async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
