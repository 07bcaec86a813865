import { GrowingColumn } from '../model/growingColumn.ts';
import { type Run, spanCount } from '../model/run.ts';
import { NO_SPAN, type SpanIndex } from '../model/units.ts';
import { orderByNumbers } from '../model/timeOrder.ts';
import { type Groups, groupBy, upTo } from './groups.ts';

/** Stretches of time, in order and apart from one another, each with the span that was waited for in it. */
export interface CriticalPath {
  readonly span: Uint32Array;
  readonly fromNs: Float64Array;
  readonly toNs: Float64Array;
}

/**
 * The chain of spans that decides how long a run takes, on whichever tracks they lie: none of it can be shortened without
 * the run ending earlier, as far as spans tell.
 *
 * It is walked back from the end of the span that ends last. Inside of a span the child that ended last is what was waited
 * for, so the way leads into it at its end, and out of it at its beginning, where the child that had ended before then is
 * the next; what no such child covers is the span's own. (The rule of CRISP, Zhang et al., USENIX ATC 2022.) A child that
 * outlasts its parent counts to the parent's end. At the beginning of a span a link leads to its cause: to the linked span
 * that ended last, and of one that was still running to that moment. Without a cause the way goes on in the parent, and
 * from a root to the root that had ended last. Time in which no span of this chain ran belongs to nobody.
 *
 * Takes time n log n at most in the spans. A run without time order has none.
 */
export function criticalPath(run: Run): CriticalPath {
  const walk = new Walk(run);
  if (run.weights === null && spanCount(run) > 0) walk.goBack();
  return walk.path();
}

/** Sum of a path's steps in nanoseconds. */
export function pathLength({ fromNs, toNs }: CriticalPath): number {
  let sum = 0;
  for (let i = 0; i < fromNs.length; i += 1) sum += (toNs[i] ?? 0) - (fromNs[i] ?? 0);
  return sum;
}

class Walk {
  readonly #run: Run;
  readonly #endNs: Float64Array;
  readonly #children: Groups;
  readonly #causes: Groups;
  /** By parent + 1: how many of its children, from the last, are still to come into question. Time only goes back. */
  readonly #left: Uint32Array;
  // Backwards.
  readonly #span = new GrowingColumn((n) => new Uint32Array(n));
  readonly #fromNs = new GrowingColumn((n) => new Float64Array(n));
  readonly #toNs = new GrowingColumn((n) => new Float64Array(n));

  constructor(run: Run) {
    this.#run = run;
    const { parent } = run.spans;
    this.#endNs = endsWithinParents(run);
    this.#children = groupBy(
      orderByNumbers(this.#endNs),
      (span) => (parent[span] ?? -1) + 1,
      parent.length + 1,
    );
    this.#left = this.#children.first.slice(1);
    this.#causes = causesOf(run);
  }

  goBack(): void {
    const { parent, startNs } = this.#run.spans;
    let span = this.#last();
    let time = this.#ownEnd(span);
    // Each step takes a child, follows a link or goes up; a damaged run that makes the way longer than that ends here.
    let budget = 4 * (spanCount(this.#run) + this.#run.links.to.length) + 16;
    while (budget > 0) {
      budget -= 1;
      const child = this.#lastChild(span, time);
      if (child !== NO_SPAN) {
        const end = Math.min(time, this.#endNs[child] ?? 0);
        this.#add(span, end, time);
        [span, time] = [child, end];
        continue;
      }
      if (span !== NO_SPAN) {
        const start = Math.min(time, startNs[span] ?? 0);
        this.#add(span, start, time);
        time = start;
        const cause = this.#lastCause(span, time);
        if (cause !== NO_SPAN) {
          [span, time] = [cause, Math.min(time, this.#ownEnd(cause))];
          continue;
        }
        span = parent[span] ?? NO_SPAN;
        if (span !== NO_SPAN) time = Math.min(time, this.#ownEnd(span));
        continue;
      }
      return;
    }
  }

  path(): CriticalPath {
    const span = this.#span.take().reverse();
    return { span, fromNs: this.#fromNs.take().reverse(), toNs: this.#toNs.take().reverse() };
  }

  #add(span: SpanIndex, fromNs: number, toNs: number): void {
    if (span === NO_SPAN || !(toNs > fromNs)) return;
    const last = this.#span.length - 1;
    if (last >= 0 && this.#span.get(last) === span && this.#fromNs.get(last) === toNs) {
      this.#fromNs.set(last, fromNs);
      return;
    }
    this.#span.push(span);
    this.#fromNs.push(fromNs);
    this.#toNs.push(toNs);
  }

  #ownEnd(span: SpanIndex): number {
    const { startNs, durationNs } = this.#run.spans;
    return (startNs[span] ?? 0) + (durationNs[span] ?? 0);
  }

  /** The span that ends last; of several the first, which is the outermost. */
  #last(): SpanIndex {
    let last = 0;
    let latest = -1;
    for (let span = 0; span < this.#endNs.length; span += 1) {
      const end = this.#ownEnd(span);
      if (end > latest) [last, latest] = [span, end];
    }
    return last;
  }

  /** The child (of no span: the root) that ended last by then, and began before; each is given once. */
  #lastChild(span: SpanIndex, time: number): SpanIndex {
    const { startNs } = this.#run.spans;
    const { members, first } = this.#children;
    const group = span + 1;
    const begin = first[group] ?? 0;
    // Clocks may differ: a child that ended before its parent began is no part of it.
    const earliest = span === NO_SPAN ? -1 : (startNs[span] ?? 0);
    for (let left = this.#left[group] ?? 0; left > begin;) {
      left -= 1;
      const child = members[left] ?? 0;
      const end = this.#endNs[child] ?? 0;
      if (end <= earliest) return NO_SPAN;
      this.#left[group] = left;
      if (end <= time && (startNs[child] ?? 0) < time) return child;
    }
    return NO_SPAN;
  }

  /** Of the spans that link to this one the one that ended last before it began. */
  #lastCause(span: SpanIndex, time: number): SpanIndex {
    const { members, first } = this.#causes;
    let cause = NO_SPAN;
    let latest = -1;
    for (let i = first[span] ?? 0; i < (first[span + 1] ?? 0); i += 1) {
      const from = members[i] ?? 0;
      if ((this.#run.spans.startNs[from] ?? 0) >= time) continue;
      const end = Math.min(time, this.#ownEnd(from));
      if (end > latest) [cause, latest] = [from, end];
    }
    return cause;
  }
}

/** By span: the spans that a link leads from. */
function causesOf(run: Run): Groups {
  const { from, to } = run.links;
  const { members, first } = groupBy(upTo(to.length), (link) => to[link] ?? 0, spanCount(run));
  return { members: members.map((link) => from[link] ?? 0), first };
}

/** When each span ends, but not after its parent. */
function endsWithinParents(run: Run): Float64Array {
  const { startNs, durationNs, parent } = run.spans;
  return startNs.map((start, span) => {
    const end = start + (durationNs[span] ?? 0);
    const owner = parent[span] ?? NO_SPAN;
    if (owner === NO_SPAN) return end;
    return Math.min(end, (startNs[owner] ?? 0) + (durationNs[owner] ?? 0));
  });
}
