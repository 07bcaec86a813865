import type { MarkColumns } from '../chart/chartColumns.ts';
import { type Run, spanCount } from '../model/run.ts';
import { NO_SPAN, type SpanIndex } from '../model/units.ts';
import type { Alignment } from './alignRuns.ts';

/** One of the two runs of a diff: `a` before, `b` after. */
export type DiffSide = 'a' | 'b';

/** The pairs of an alignment by the spans of either run, and what changed about them. */
export class SpanPartners {
  readonly #a: Run;
  readonly #b: Run;
  /** By span: its partner in the other run, or NO_SPAN. */
  readonly partnerOfA: Int32Array;
  readonly partnerOfB: Int32Array;

  constructor(a: Run, b: Run, { pairA, pairB }: Alignment) {
    this.#a = a;
    this.#b = b;
    this.partnerOfA = new Int32Array(spanCount(a)).fill(NO_SPAN);
    this.partnerOfB = new Int32Array(spanCount(b)).fill(NO_SPAN);
    pairA.forEach((spanA, i) => {
      const spanB = pairB[i] ?? NO_SPAN;
      this.partnerOfA[spanA] = spanB;
      this.partnerOfB[spanB] = spanA;
    });
  }

  /** Marks of spans of a side, in their order (`MARKS`). */
  marksOf(side: DiffSide, spans: ArrayLike<SpanIndex>): MarkColumns {
    const own = amountsOf(side === 'a' ? this.#a : this.#b);
    const other = amountsOf(side === 'a' ? this.#b : this.#a);
    const partners = side === 'a' ? this.partnerOfA : this.partnerOfB;
    const sign = side === 'a' ? -1 : 1;
    const partner = new Uint32Array(spans.length);
    const selfDelta = new Float64Array(spans.length);
    const totalDelta = new Float64Array(spans.length);
    for (let i = 0; i < spans.length; i += 1) {
      const span = spans[i] ?? 0;
      const mate = partners[span] ?? NO_SPAN;
      partner[i] = mate + 1;
      const mateSelf = mate === NO_SPAN ? 0 : (other.self[mate] ?? 0);
      const mateTotal = mate === NO_SPAN ? 0 : (other.total[mate] ?? 0);
      selfDelta[i] = sign * ((own.self[span] ?? 0) - mateSelf);
      totalDelta[i] = sign * ((own.total[span] ?? 0) - mateTotal);
    }
    return { partner, selfDelta, totalDelta };
  }
}

function amountsOf(run: Run): { readonly self: Float64Array; readonly total: Float64Array } {
  return run.weights ?? { self: run.spans.selfNs, total: run.spans.durationNs };
}
