import type { ChartSource } from '../../protocol/chart.ts';
import { ChartModel } from '../../profiler/chart/chartModel.ts';
import { placedStages } from '../../profiler/chart/spanMarks.ts';
import type { Run } from '../../profiler/model/run.ts';
import type { ImportProgress } from '../runs/importFiles.ts';
import { Analyst } from './analyst.ts';
import type { ChartAnalysis } from './chartAnalysis.ts';
import type { ChartLoader, LoadedRun } from './chartLoader.ts';
import { SharedTask } from './sharedTask.ts';

/** Looks a run through, against the accepted run of its series where it has one. */
export type Examine = (
  run: Run,
  series: string | null,
  signal: AbortSignal,
) => Promise<ChartAnalysis>;

/** What a chart is kept up to date with. */
export interface SharedChartParts {
  readonly loader: ChartLoader;
  readonly examine: Examine;
  readonly onChanged: (revision: number) => void;
  readonly onProblem: (error: unknown) => void;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

/** Until spans that are in sight have been asked for and drawn: looking through takes a core from that. */
const LOOK_THROUGH_AFTER_MS = 1500;
/** A chart that nobody used for so long drops its run. */
const IDLE_MS = 600_000;
/** A live run is looked at no more often than this, and takes no more than a fifth of the worker's time. */
const POLL_MS = 250;
const POLL_COST = 4;

/** One source as it is drawn, for all who opened it. */
export class SharedChart {
  readonly source: ChartSource;
  /** Of those who have it open or wait for it. */
  readonly handles = new Set<string>();
  /** Id in the library of a file that was kept there. */
  keptAs: string | null = null;
  readonly #parts: SharedChartParts;
  readonly #closed = new AbortController();
  #model: ChartModel | null = null;
  #loading: SharedTask<ChartModel, ImportProgress> | null = null;
  #series: string | null = null;
  #revision = 0;
  /** The id that an import gave it first: one that is read anew would have another. */
  #runId: string | null = null;
  #stamp = '';
  #analysis: Promise<ChartAnalysis> | null = null;
  #analysed: ChartAnalysis | null = null;
  #problem: string | null = null;
  #lookThrough: NodeJS.Timeout | undefined;
  #usedAt: number;
  #nextPollAt = 0;
  #polling: Promise<void> | null = null;

  constructor(source: ChartSource, parts: SharedChartParts) {
    this.source = source;
    this.#parts = parts;
    this.#usedAt = parts.now();
  }

  /** Rises whenever pieces that were given out are stale. */
  get revision(): number {
    return this.#revision;
  }

  /** What runs of the same work share; null for a file. */
  get series(): string | null {
    return this.#series;
  }

  /** What an analysis said; null before there is one. */
  get analysed(): ChartAnalysis | null {
    return this.#analysed;
  }

  /** Why there is no analysis and will be none, in a sentence; else null. */
  get problem(): string | null {
    return this.#problem;
  }

  /**
   * The run as it is drawn, read anew where it was dropped. The reading ends when all who wait for it have given up.
   *
   * @throws as `ChartLoader.load`
   */
  async model(
    signal?: AbortSignal,
    onProgress?: (progress: ImportProgress) => void,
  ): Promise<ChartModel> {
    this.#usedAt = this.#parts.now();
    if (this.#model !== null) return this.#model;
    if (this.#loading === null || this.#loading.isOver) {
      this.#loading = new SharedTask((stop, tell) => this.#load(stop, tell));
    }
    return this.#loading.wait(signal, onProgress);
  }

  /**
   * Has the run looked through where that was not done: waits for a small one; a large one is begun when it has been
   * drawn, and its answer comes with a later revision, for one that grows when it has ended.
   */
  async examine(): Promise<void> {
    const model = await this.model();
    if (!Analyst.isPossible(model.run)) {
      this.#problem = 'The run has too many spans to be searched for causes.';
    } else if (Analyst.isQuick(model.run)) await this.analysis().catch(() => undefined);
    else if (model.run.status !== 'running' && this.#analysis === null) {
      clearTimeout(this.#lookThrough);
      this.#lookThrough = setTimeout(() => {
        this.analysis().catch(() => undefined);
      }, LOOK_THROUGH_AFTER_MS).unref();
    }
  }

  /** What is said of the run, waited for however long it takes. @throws as `analyseForChart` */
  analysis(): Promise<ChartAnalysis> {
    this.#analysis ??= this.#beginAnalysis();
    return this.#analysis;
  }

  /** Follows a live run, and drops one that nobody used for long. */
  check(): void {
    const now = this.#parts.now();
    if (now - this.#usedAt > IDLE_MS) this.#model = null;
    if (this.#model?.run.status !== 'running' || now < this.#nextPollAt) return;
    this.#polling ??= this.#poll(now).finally(() => (this.#polling = null));
  }

  async close(): Promise<void> {
    this.#closed.abort();
    clearTimeout(this.#lookThrough);
    this.#model = null;
    await Promise.allSettled([this.#polling, this.#analysis]);
  }

  async #load(signal: AbortSignal, tell: (progress: ImportProgress) => void): Promise<ChartModel> {
    const either = AbortSignal.any([signal, this.#closed.signal]);
    const isFirst = this.#runId === null;
    const loaded = await this.#parts.loader.load(this.source, either, tell);
    const changed = loaded.stamp !== this.#stamp;
    const model = this.#take(loaded);
    if (changed && !isFirst) await this.#tellChange();
    return model;
  }

  #take({ run, series, stamp }: LoadedRun): ChartModel {
    this.#runId ??= run.id;
    this.#series = series;
    if (stamp !== this.#stamp) {
      this.#stamp = stamp;
      this.#analysis = null;
      this.#analysed = null;
      this.#problem = null;
    }
    const model = new ChartModel({ ...run, id: this.#runId });
    if (this.#analysed !== null) markModel(model, this.#analysed);
    this.#model = model;
    return model;
  }

  async #tellChange(): Promise<void> {
    this.#revision += 1;
    await this.examine();
    this.#parts.onChanged(this.#revision);
  }

  async #beginAnalysis(): Promise<ChartAnalysis> {
    const model = await this.model();
    const stamp = this.#stamp;
    try {
      const analysis = await this.#parts.examine(model.run, this.#series, this.#closed.signal);
      if (stamp !== this.#stamp) return analysis;
      this.#analysed = analysis;
      this.#problem = null;
      if (this.#model !== null) markModel(this.#model, analysis);
      return analysis;
    } catch (error) {
      if (!this.#closed.signal.aborted && stamp === this.#stamp) {
        this.#problem = `The run could not be searched for causes: ${messageOf(error)}`;
        // Whoever opens it next, or asks for its report, may have mended the cause.
        this.#analysis = null;
        this.#parts.onProblem(error);
      }
      throw error;
    } finally {
      if (!this.#closed.signal.aborted && stamp === this.#stamp && !Analyst.isQuick(model.run)) {
        this.#revision += 1;
        this.#parts.onChanged(this.#revision);
      }
    }
  }

  async #poll(startedAt: number): Promise<void> {
    const { loader, now, onProblem } = this.#parts;
    try {
      if ((await loader.stamp(this.source)) !== this.#stamp) {
        const loaded = await loader.load(this.source, this.#closed.signal, () => undefined);
        if (this.#closed.signal.aborted) return;
        this.#take(loaded);
        await this.#tellChange();
      }
    } catch (error) {
      if (!this.#closed.signal.aborted) onProblem(error);
    }
    const endedAt = now();
    this.#nextPollAt = endedAt + Math.max(POLL_MS, (endedAt - startedAt) * POLL_COST);
  }
}

function markModel(model: ChartModel, { findings, breakdown, critical }: ChartAnalysis): void {
  model.mark({ findings, stages: placedStages(model.run, breakdown), critical });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
