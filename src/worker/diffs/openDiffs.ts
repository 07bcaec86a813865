import { randomUUID } from 'node:crypto';
import { EarshotError } from '../../pipeline/earshotError.ts';
import type { ChartSource } from '../../protocol/chart.ts';
import type { ImportProgress } from '../runs/importFiles.ts';
import type { OpenCharts, OpenedChart } from '../charts/openCharts.ts';
import type { Differ } from './differ.ts';
import { type DiffedRun, OpenedDiff } from './openedDiff.ts';

/** Two charts that somebody looks at together. */
export interface HeldDiff {
  readonly handle: string;
  readonly a: OpenedChart;
  readonly b: OpenedChart;
  readonly diff: OpenedDiff;
}

/** The diffs that are open, by handle, each with the charts of both its sides. */
export class OpenDiffs {
  readonly #charts: OpenCharts;
  readonly #differ: Differ;
  readonly #byHandle = new Map<string, HeldDiff>();

  constructor(charts: OpenCharts, differ: Differ) {
    this.#charts = charts;
    this.#differ = differ;
  }

  /**
   * Opens both sides and aligns them. Everything is held until `close`.
   *
   * @throws as `OpenCharts.open` and `Differ.diff`
   */
  async open(
    sources: { readonly a: ChartSource; readonly b: ChartSource },
    signal: AbortSignal,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<HeldDiff> {
    const opened: OpenedChart[] = [];
    const open = async (source: ChartSource, from: number): Promise<OpenedChart> => {
      const chart = await this.#charts.open(source, signal, ({ fraction, text }) =>
        onProgress({ fraction: fraction === null ? null : from + fraction / 3, text }),
      );
      opened.push(chart);
      return chart;
    };
    try {
      const a = await open(sources.a, 0);
      const b = await open(sources.b, 1 / 3);
      onProgress({ fraction: 2 / 3, text: 'Aligning the runs span by span' });
      const diff = await this.#differ.diff(a.model.run, b.model.run, signal);
      const handle = randomUUID();
      const held = { handle, a, b, diff: new OpenedDiff(diffed(a), diffed(b), diff) };
      this.#byHandle.set(handle, held);
      return held;
    } catch (error) {
      for (const { handle } of opened) this.#charts.release(handle);
      throw error;
    }
  }

  /** @throws EarshotError `diff.unknown` */
  use(handle: string): OpenedDiff {
    const held = this.#byHandle.get(handle);
    if (held !== undefined) return held.diff;
    throw new EarshotError(
      'diff.unknown',
      'This comparison is not open any more.',
      'Open it again: its runs are still where they were.',
    );
  }

  /** Lets go of the alignment and of the charts of both sides. */
  close(handle: string): void {
    const held = this.#byHandle.get(handle);
    if (held === undefined) return;
    this.#byHandle.delete(handle);
    this.#charts.release(held.a.handle);
    this.#charts.release(held.b.handle);
  }

  /** How many are open. */
  get count(): number {
    return this.#byHandle.size;
  }
}

function diffed({ model }: OpenedChart): DiffedRun {
  return { run: model.run, time: model.layout, leftHeavy: () => model.leftHeavy };
}
