import type { z } from 'zod';
import type { Run } from '../../profiler/model/run.ts';
import { mostTellingFirst } from '../../profiler/diff/counterOrder.ts';
import type { RunDiff } from '../../profiler/diff/diffRuns.ts';
import { matchTracks } from '../../profiler/diff/matchTracks.ts';
import { changedPairs, loneSpans } from '../../profiler/diff/pairChanges.ts';
import { type DiffSide, SpanPartners } from '../../profiler/diff/spanPartners.ts';
import { StepSpans, idleStretches } from '../../profiler/diff/stepSpans.ts';
import { IDLE_STEP } from '../../profiler/diff/waterfall.ts';
import { encodeMarks, encodeSpans } from '../../profiler/chart/chartColumns.ts';
import type { LeftHeavyLayout } from '../../profiler/chart/leftHeavyLayout.ts';
import {
  PIECE_SPANS,
  type TimeLayout,
  spansOfPiece,
  trackOf,
} from '../../profiler/chart/timeLayout.ts';
import { MergedPartners } from '../../profiler/diff/mergedPartners.ts';
import type { DiffMarks, DiffSpans, OpenDiff } from '../../protocol/runMessages.ts';

/** Most pairs and groups of lone spans that are told of at once. */
const MAX_LISTED = 200;
const MAX_IDLE = 10_000;

/** What a diff says beside its handle and the headers of its charts. */
export type DiffFacts = Omit<z.input<typeof OpenDiff.result>, 'diff' | 'a' | 'b'>;
type AskedSpans = z.output<typeof DiffSpans.params>['of'];
type SpansAnswer = z.input<typeof DiffSpans.result>;
/** `time`, or one whose stacks are merged. */
type DiffView = z.output<typeof DiffMarks.params>['view'];

/** One of the two runs, and where its spans are drawn. */
export interface DiffedRun {
  readonly run: Run;
  readonly time: TimeLayout;
  /** Merged when somebody first looks at it. */
  readonly leftHeavy: () => LeftHeavyLayout;
}

/** Two runs that were aligned, for as long as somebody looks at them. */
export class OpenedDiff {
  readonly #runs: Readonly<Record<DiffSide, DiffedRun>>;
  readonly #diff: RunDiff;
  readonly #partners: SpanPartners;
  readonly #stepSpans: StepSpans;
  #merged: MergedPartners | undefined;

  /** @param diff what `diffRuns` says of the two */
  constructor(a: DiffedRun, b: DiffedRun, diff: RunDiff) {
    this.#runs = { a, b };
    this.#diff = diff;
    const { alignment } = diff;
    this.#partners = new SpanPartners(a.run, b.run, alignment);
    this.#stepSpans = new StepSpans(a.run, b.run, alignment);
  }

  /** What is told at once. */
  facts(): DiffFacts {
    const [a, b] = [this.#runs.a.run, this.#runs.b.run];
    const { unit, alignment, waterfall, counters } = this.#diff;
    return {
      unit,
      startA: a.spans.startNs[0] ?? 0,
      startB: b.spans.startNs[0] ?? 0,
      totalA: waterfall.totalA,
      totalB: waterfall.totalB,
      steps: [...waterfall.steps],
      explainedShare: waterfall.explainedShare,
      pairs: alignment.pairA.length,
      onlyInA: alignment.onlyInA.length,
      onlyInB: alignment.onlyInB.length,
      ...changedPairs(a, b, alignment, MAX_LISTED),
      loneA: loneSpans(a, alignment.onlyInA).slice(0, MAX_LISTED),
      loneB: loneSpans(b, alignment.onlyInB).slice(0, MAX_LISTED),
      counters: mostTellingFirst(counters),
      tracks: matchTracks(a, b, alignment).map((pair) => ({ a: pair.a ?? -1, b: pair.b ?? -1 })),
    };
  }

  /** Marks of the spans or nodes of a piece (`decodeMarks`), in the order of `chartPiece`; none of a piece that there is not. */
  marks(side: DiffSide, view: DiffView, trackId: number, piece: number): Uint8Array<ArrayBuffer> {
    const { time, leftHeavy } = this.#runs[side];
    if (view === 'time') {
      const track = trackOf(time, trackId);
      const spans = track === undefined ? [] : spansOfPiece(time, track, piece);
      return encodeMarks(this.#partners.marksOf(side, spans));
    }
    const nodes = leftHeavy().row.length;
    const from = Math.min(nodes, piece * PIECE_SPANS);
    const to = Math.min(nodes, from + PIECE_SPANS);
    return encodeMarks(this.#mergedPartners().marksOf(side, from, to));
  }

  /** The partner of a span or node; null where the other run has none, or this one no such span. */
  partnerOf(side: DiffSide, view: DiffView, span: number): number | null {
    const { partner } =
      view === 'time'
        ? this.#partners.marksOf(side, [span])
        : this.#mergedPartners().marksOf(side, span, span + 1);
    return (partner[0] ?? 0) === 0 ? null : (partner[0] ?? 0) - 1;
  }

  /** The spans that steps of the waterfall are made of, or those that one run alone has; nodes in a merged view. */
  spans(view: DiffView, of: AskedSpans): SpansAnswer {
    const { alignment, waterfall } = this.#diff;
    if (of.kind === 'only') {
      const merged = view === 'time' ? null : this.#mergedPartners();
      const a = merged?.onlyIn('a') ?? alignment.onlyInA;
      return answer({ a, b: merged?.onlyIn('b') ?? alignment.onlyInB });
    }
    const steps = of.steps.flatMap((step) => waterfall.steps[step] ?? []);
    const spans = this.#stepSpans.of(steps);
    if (view !== 'time') {
      const merged = this.#mergedPartners();
      return answer({ a: merged.nodesOf('a', spans.a), b: merged.nodesOf('b', spans.b) });
    }
    const idle = steps.some(({ stage, name }) => stage === null && name === IDLE_STEP);
    return {
      ...answer(spans),
      idleA: idle ? longestIdle(this.#runs.a.run) : [],
      idleB: idle ? longestIdle(this.#runs.b.run) : [],
    };
  }

  #mergedPartners(): MergedPartners {
    const { a, b } = this.#runs;
    this.#merged ??= new MergedPartners(
      { run: a.run, layout: a.leftHeavy() },
      { run: b.run, layout: b.leftHeavy() },
    );
    return this.#merged;
  }
}

function answer({ a, b }: Readonly<Record<DiffSide, Uint32Array>>): SpansAnswer {
  return { a: encodeSpans(a), b: encodeSpans(b), idleA: [], idleB: [] };
}

function longestIdle(run: Run): { fromNs: number; toNs: number }[] {
  const { from, to } = idleStretches(run);
  const all = Array.from(from, (fromNs, i) => ({ fromNs, toNs: to[i] ?? fromNs }));
  if (all.length <= MAX_IDLE) return all;
  all.sort((x, y) => y.toNs - y.fromNs - (x.toNs - x.fromNs));
  return all.slice(0, MAX_IDLE).sort((x, y) => x.fromNs - y.fromNs);
}
