import { gunzipSync } from 'node:zlib';
import type {
  ByteSource,
  ImportHead,
  ImportOptions,
  Importer,
  InputHead,
} from '../../src/profiler/importers/importer.ts';
import type { Run } from '../../src/profiler/model/run.ts';
import { RunBuilder } from '../../src/profiler/model/runBuilder.ts';

const HEAD_BYTES = 65_536;

function unzipped(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/** The head that an importer sees of an input. */
export function headOf(input: Uint8Array | string, name = 'unknown'): InputHead {
  const bytes = unzipped(typeof input === 'string' ? Buffer.from(input) : input);
  const head = bytes.subarray(0, HEAD_BYTES);
  const text = new TextDecoder().decode(head);
  return { name, bytes: head, text, complete: bytes.length <= HEAD_BYTES };
}

/** An input in memory, cut into pieces of `chunkBytes`. */
export function sourceOfBytes(
  input: Uint8Array | string,
  name = 'unknown',
  chunkBytes = 65_536,
): ByteSource {
  const bytes = unzipped(typeof input === 'string' ? Buffer.from(input) : input);
  return {
    name,
    head: headOf(bytes, name),
    size: bytes.length,
    async *chunks() {
      await Promise.resolve();
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        yield bytes.subarray(at, at + chunkBytes);
      }
    },
    bytes: () => Promise.resolve(bytes),
  };
}

export interface Imported {
  readonly run: Run;
  /** What the importer said of the run before its first span. */
  readonly head: ImportHead;
}

/** Reads an input with one importer into a run of its own. */
export async function importBytes(
  importer: Importer,
  input: Uint8Array | string,
  settings: {
    readonly name?: string;
    readonly chunkBytes?: number;
    readonly options?: ImportOptions;
  } = {},
): Promise<Imported> {
  const source = sourceOfBytes(input, settings.name, settings.chunkBytes);
  let begun: { builder: RunBuilder; head: ImportHead } | null = null;
  await importer.read(source, {
    options: settings.options ?? {},
    signal: new AbortController().signal,
    begin(head) {
      const builder = new RunBuilder({
        id: 'run',
        name: source.name,
        kind: 'import',
        epochNs: head.epochNs ?? 0n,
        ...(head.weightUnit === undefined ? {} : { weightUnit: head.weightUnit }),
        provenance: {
          client: head.client ?? 'test',
          version: head.clientVersion ?? '',
          format: importer.format,
          files: [source.name],
        },
      });
      begun = { builder, head };
      return {
        builder,
        offsetNs: 0,
        track: (name, kind) => builder.track(name, kind),
        reject: (offset, reason) => builder.reject({ file: source.name, offset, reason }),
      };
    },
  });
  const done = begun as { builder: RunBuilder; head: ImportHead } | null;
  if (done === null) throw new Error(`${importer.format} began no run`);
  return { run: done.builder.finish({ status: 'done' }), head: done.head };
}
