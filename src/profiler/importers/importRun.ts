import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { ProfilerError } from '../model/profilerError.ts';
import type { RunProvenance } from '../model/provenance.ts';
import type { Run } from '../model/run.ts';
import type { RunBuilder, RunHead } from '../model/runBuilder.ts';
import { detectFormat } from './detectFormat.ts';
import { ImportBuilder } from './importBuilder.ts';
import type {
  ByteSource,
  ImportFormat,
  ImportHead,
  ImportOptions,
  ImportRun,
  Importer,
} from './importer.ts';
import { JsonError } from './json/jsonError.ts';
import { type OpenOptions, openSource } from './openSource.ts';
import { IMPORTERS } from './registry.ts';

/** What is to be imported, and how. */
export interface ImportRequest extends Pick<OpenOptions, 'stdin' | 'limits'> {
  /** Of the run; the first file's by default. */
  readonly name?: string | undefined;
  /** The format of all files, where it is not to be told by their content. */
  readonly as?: ImportFormat | undefined;
  readonly options?: ImportOptions | undefined;
  readonly signal: AbortSignal;
  /** Told of bytes read of a file, before they are decompressed, and of its size where that is known. */
  readonly onProgress?: ((file: string, bytes: number, size: number | null) => void) | undefined;
  /** All there are, by default. */
  readonly importers?: readonly Importer[];
}

/** The format of a run of files of several formats. */
const MIXED = 'mixed';

/** Spans of OpenTelemetry name their process and thread themselves: those of several files are the same ones. */
const SHARED_TRACKS: readonly ImportFormat[] = ['otlp-json', 'otlp-protobuf'];

/**
 * Reads files into one run. Several share one clock: those whose times have a date are aligned by it, those without
 * begin with the run; parents named by id are found in any of the files, and tracks are kept apart by file, but for
 * those of OpenTelemetry, which name their process and thread. Of several, one that cannot be read is rejected.
 *
 * @param files paths, or `-` for standard input.
 * @throws ProfilerError `import.*` where no file can be read at all; DOMException `AbortError`.
 */
export async function importRun(files: readonly string[], request: ImportRequest): Promise<Run> {
  const joined = new JoinedImport(files, request);
  const failures: ProfilerError[] = [];
  for (const file of files) {
    try {
      await joined.add(file);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      joined.reject(file, error.message);
      failures.push(error);
    }
  }
  const [first] = failures;
  if (first !== undefined && failures.length === files.length) throw first;
  return joined.finish();
}

/** Whether it is this file’s fault alone, so that others may still be read. */
function isUnreadable(error: unknown): error is ProfilerError {
  return (
    error instanceof ProfilerError &&
    error.code.startsWith('import.') &&
    error.code !== 'import.no-clock'
  );
}

/** What stops a reader in the middle of a file, told of the file; other errors as they are. */
function unreadable(file: string, error: unknown): unknown {
  const place = error instanceof JsonError ? ` (byte ${error.offset})` : '';
  const impossible = error instanceof ProfilerError && error.code.startsWith('span.');
  if (!impossible && !(error instanceof JsonError)) return error;
  const why = error.message.replace(/\.$/u, '');
  const message = `${file} cannot be read: ${why}${place}.`;
  return new ProfilerError('import.unreadable', message, { cause: error });
}

/** Several inputs on their way into one run. */
class JoinedImport {
  readonly #files: readonly string[];
  readonly #request: ImportRequest;
  readonly #builder: RunBuilder;
  readonly #formats = new Set<ImportFormat>();
  /** The one that is being read. */
  #file = '';
  readonly #labels: ReadonlyMap<string, string>;
  /** What the first input that says so is, and when the first that has a date begins. */
  #weightUnit: string | undefined;
  #traceId: string | null = null;
  #client = { client: '', version: '' };
  #epochNs: bigint | null = null;

  constructor(files: readonly string[], request: ImportRequest) {
    this.#files = files;
    this.#request = request;
    this.#labels = labelsOf(files);
    const head: RunHead = {
      id: randomUUID(),
      name: request.name ?? nameOf(files),
      kind: 'import',
      epochNs: 0n,
      provenance: { client: '', version: '', format: '', files },
    };
    this.#builder = new ImportBuilder(head, (reason) => this.reject(this.#file, reason));
  }

  async add(file: string): Promise<void> {
    const { signal, stdin, limits, onProgress, as, importers = IMPORTERS } = this.#request;
    const damages: string[] = [];
    this.#file = file;
    const source = await openSource(file, {
      signal,
      stdin,
      ...(limits === undefined ? {} : { limits }),
      onProgress: onProgress && ((bytes, size) => onProgress(file, bytes, size)),
      onDamage: (offset, reason) => {
        damages.push(reason);
        this.#builder.reject({ file, offset, reason });
      },
    });
    const [damage] = damages;
    if (damage !== undefined && source.head.bytes.length === 0) {
      throw new ProfilerError('import.unreadable', `${file} cannot be read: ${damage}.`);
    }
    const importer = detectFormat(source.head, importers, as);
    await this.#read(importer, source);
    this.#formats.add(importer.format);
  }

  reject(file: string, reason: string): void {
    this.#builder.reject({ file, offset: null, reason });
  }

  finish(): Run {
    const [only] = this.#formats;
    const format = this.#formats.size === 1 ? only : MIXED;
    const run = this.#builder.finish({
      status: 'done',
      last: true,
      ...(this.#weightUnit === undefined ? {} : { weightUnit: this.#weightUnit }),
    });
    const provenance: RunProvenance = {
      ...run.provenance,
      ...this.#client,
      format: format ?? MIXED,
    };
    return {
      ...run,
      kind: format === 'log' ? 'log' : 'import',
      epochNs: run.epochNs + (this.#epochNs ?? 0n),
      traceId: this.#traceId,
      provenance,
    };
  }

  async #read(importer: Importer, source: ByteSource): Promise<void> {
    const { signal, options = {} } = this.#request;
    const begin = (head: ImportHead): ImportRun => this.#begin(importer, source, head);
    try {
      await importer.read(source, { begin, options, signal });
    } catch (error) {
      throw unreadable(source.name, error);
    }
  }

  #begin({ format }: Importer, { name: file }: ByteSource, head: ImportHead): ImportRun {
    if (head.weightUnit !== undefined) {
      if (this.#files.length > 1) {
        const message = `${file} has no time order, so it cannot be merged with other files.`;
        throw new ProfilerError('import.no-clock', message);
      }
      this.#weightUnit = head.weightUnit;
    }
    if (head.epochNs !== null) this.#epochNs ??= head.epochNs;
    this.#traceId ??= head.traceId ?? null;
    if (this.#client.client === '') {
      this.#client = { client: head.client ?? '', version: head.clientVersion ?? '' };
    }
    const builder = this.#builder;
    const label =
      this.#files.length > 1 && !SHARED_TRACKS.includes(format)
        ? this.#labels.get(file)
        : undefined;
    return {
      builder,
      offsetNs: head.epochNs === null ? 0 : Number(head.epochNs - (this.#epochNs ?? 0n)),
      track: (name, kind) => builder.track(label === undefined ? name : `${label}: ${name}`, kind),
      reject: (offset, reason) => builder.reject({ file, offset, reason }),
    };
  }
}

/** What tells the tracks of each file apart: its name, or its path where several have that name. */
function labelsOf(files: readonly string[]): ReadonlyMap<string, string> {
  const names = files.map((file) => basename(file));
  return new Map(
    files.map((file, i) => {
      const name = names[i] ?? file;
      return [file, names.indexOf(name) === names.lastIndexOf(name) ? name : file];
    }),
  );
}

function nameOf(files: readonly string[]): string {
  const [first = ''] = files;
  const name = first === '-' ? 'stdin' : basename(first);
  return files.length > 1 ? `${name} and ${files.length - 1} more` : name;
}
