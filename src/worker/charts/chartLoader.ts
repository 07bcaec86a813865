import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { EarshotError } from '../../pipeline/earshotError.ts';
import type { ChartSource } from '../../protocol/chart.ts';
import type { Run } from '../../profiler/model/run.ts';
import { shownSummary } from '../../runs/liveRun.ts';
import { storedRun } from '../../runs/storedRun.ts';
import type { Library } from '../../store/library.ts';
import { type ImportProgress, importFiles } from '../runs/importFiles.ts';
import type { WorkerContext } from '../workerContext.ts';

/** A run as it came from its source. */
export interface LoadedRun {
  readonly run: Run;
  /** What runs of the same work share; null for a file that is only looked at. */
  readonly series: string | null;
  /** Another text where the source holds something else. */
  readonly stamp: string;
}

/** Reads the runs that charts show. */
export interface ChartLoader {
  /** One and the same text for sources that are the same. @throws EarshotError `run.*`, `chart.relative-path` */
  keyOf(source: ChartSource): string;
  /** What the source holds now, without reading it: cheap enough to be asked several times a second. */
  stamp(source: ChartSource): Promise<string>;
  /** @throws EarshotError `run.*`, `config.*`; ProfilerError `import.*`, `codec.*`; DOMException `AbortError` */
  load(
    source: ChartSource,
    signal: AbortSignal,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<LoadedRun>;
}

/** Runs of the library, also those that are being received, and files of any program. */
export class SourceLoader implements ChartLoader {
  readonly #context: Pick<WorkerContext, 'library' | 'options'>;

  constructor(context: Pick<WorkerContext, 'library' | 'options'>) {
    this.#context = context;
  }

  keyOf(source: ChartSource): string {
    if (source.kind === 'run') return `run ${this.#context.library().profiles.find(source.id).id}`;
    if (!isAbsolute(source.path)) throw relativePath(source.path);
    return `file ${resolve(source.path)}`;
  }

  async stamp(source: ChartSource): Promise<string> {
    if (source.kind === 'run') return stampOfRun(this.#context.library(), source.id);
    const { size, mtimeMs } = await stat(source.path);
    return `${size} ${mtimeMs}`;
  }

  async load(
    source: ChartSource,
    signal: AbortSignal,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<LoadedRun> {
    if (source.kind === 'run') {
      const library = this.#context.library();
      const { id, series } = library.profiles.find(source.id);
      const stamp = stampOfRun(library, id);
      return { run: await storedRun(library, id), series, stamp };
    }
    const { workspace } = this.#context.options();
    // A file that is not there is told of by the importer, in its words.
    const stamp = await this.stamp(source).catch(() => '');
    const run = await importFiles([source.path], workspace, signal, onProgress);
    return { run, series: null, stamp };
  }
}

function stampOfRun(library: Library, id: string): string {
  const { status, bytes, name } = shownSummary(library, library.profiles.find(id));
  return JSON.stringify([status, bytes, name]);
}

export function relativePath(path: string): EarshotError {
  return new EarshotError(
    'chart.relative-path',
    `“${path}” is no absolute path.`,
    'Give the whole path of the file.',
  );
}
