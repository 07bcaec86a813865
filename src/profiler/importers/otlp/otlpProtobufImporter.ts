import { ProfilerError } from '../../model/profilerError.ts';
import type { ByteSource, Importer, ImportTarget, InputHead } from '../importer.ts';
import { framedMessages, isFramed } from './framedMessages.ts';
import { importSink } from './otlpImport.ts';
import { ProtobufStream } from './protobufStream.ts';
import { looksLikeOtlp } from './protobufShape.ts';

/**
 * OTLP as protobuf: one request or several one behind the other, or as the collector's file exporter writes them, each
 * behind its length.
 */
export const otlpProtobufImporter: Importer = {
  format: 'otlp-protobuf',
  title: 'OpenTelemetry (OTLP, protobuf)',
  detect: ({ bytes }: InputHead) => {
    if (isFramed(bytes)) return looksLikeOtlp(bytes.subarray(4)) ? 0.9 : 0;
    return looksLikeOtlp(bytes) ? 0.9 : 0;
  },
  read: readFile,
};

async function readFile(source: ByteSource, target: ImportTarget): Promise<void> {
  const sink = importSink(target);
  const stream = new ProtobufStream(sink, null);
  const chunks = source.chunks();
  for await (const piece of isFramed(source.head.bytes) ? framedMessages(chunks) : chunks) {
    target.signal.throwIfAborted();
    stream.push(piece);
  }
  stream.end();
  if (sink.accepted === 0 && sink.rejected > 0) {
    throw new ProfilerError(
      'import.unreadable',
      `${source.name} holds no OTLP that can be read: ${sink.problem}.`,
    );
  }
  sink.finish();
}
