import { type Run, spanCount, spanName } from '../../profiler/model/run.ts';
import { NO_SPAN, NS_PER_SECOND, type SpanIndex } from '../../profiler/model/units.ts';
import { breakdownOf } from '../../profiler/report/breakdown.ts';
import { stageSpans } from '../../profiler/report/stageSpans.ts';
import { locateSubject, type SourceHints } from '../../profiler/source/locateFindings.ts';
import type { WorkspaceFiles } from '../../profiler/source/workspaceFiles.ts';
import { WHOLE_RUN } from '../../profiler/verdict/metric.ts';
import { type MarkedPlace, markedPlace } from './markedPlaces.ts';

/** What is known of a stage beside its verdict. */
export interface StagePlace {
  readonly place: MarkedPlace | null;
  /** Its longest span, to show. */
  readonly span: SpanIndex | null;
  /** Of the time of the run, 0 to 1; null where that is not known. */
  readonly share: number | null;
}

/** Finds the stages of a run in the sources; each is looked for once. */
export class StagePlaces {
  readonly #run: Run;
  readonly #files: WorkspaceFiles;
  readonly #hints: SourceHints;
  readonly #spans: ReadonlyMap<string, readonly SpanIndex[]>;
  readonly #shares: ReadonlyMap<string, number>;
  readonly #found = new Map<string, Promise<StagePlace>>();

  constructor(run: Run, files: WorkspaceFiles, hints: SourceHints) {
    this.#run = run;
    this.#files = files;
    this.#hints = hints;
    this.#spans = spansByStage(run);
    this.#shares = sharesOf(run);
  }

  of(stage: string): Promise<StagePlace> {
    const known = this.#found.get(stage);
    if (known !== undefined) return known;
    const found = this.#find(stage);
    this.#found.set(stage, found);
    return found;
  }

  async #find(stage: string): Promise<StagePlace> {
    const spans = this.#spans.get(stage) ?? [];
    const names = spans.slice(0, 8).map((span) => spanName(this.#run, span));
    // The word for the whole run is ours: no source holds it for that reason.
    const texts = stage === WHOLE_RUN && spans.length > 0 ? names : [...names, stage];
    const subject = { spans, texts: [...new Set(texts)] };
    const isNamed = spans.length > 0 || stage !== WHOLE_RUN;
    const location = isNamed
      ? await locateSubject(this.#run, subject, this.#files, this.#hints)
      : null;
    return {
      place: await markedPlace(this.#files, location),
      span: this.#longest(spans),
      share: this.#shares.get(stage) ?? null,
    };
  }

  #longest(spans: readonly SpanIndex[]): SpanIndex | null {
    const { durationNs } = this.#run.spans;
    const length = (span: SpanIndex): number =>
      this.#run.weights?.total[span] ?? durationNs[span] ?? 0;
    return spans.reduce<SpanIndex | null>(
      (longest, span) => (longest !== null && length(longest) >= length(span) ? longest : span),
      null,
    );
  }
}

/** Spans of the stages that a run declares, else of each name; and the root of the run where it has one. */
function spansByStage(run: Run): Map<string, SpanIndex[]> {
  const stages = new Map<string, SpanIndex[]>();
  const roots: SpanIndex[] = [];
  for (let span = 0; span < spanCount(run); span += 1) {
    if ((run.spans.parent[span] ?? NO_SPAN) === NO_SPAN) roots.push(span);
    const name = spanName(run, span);
    const spans = stages.get(name);
    if (spans === undefined) stages.set(name, [span]);
    else spans.push(span);
  }
  if (roots.length === 1 && !stages.has(WHOLE_RUN)) stages.set(WHOLE_RUN, roots);
  for (const { stage, whole, units } of stageSpans(run)) stages.set(stage, [...whole, ...units]);
  return stages;
}

function sharesOf(run: Run): Map<string, number> {
  const { startNs, durationNs, parent } = run.spans;
  let [first, last, weight] = [Infinity, -Infinity, 0];
  for (let span = 0; span < spanCount(run); span += 1) {
    const start = startNs[span] ?? 0;
    first = Math.min(first, start);
    last = Math.max(last, start + (durationNs[span] ?? 0));
    if ((parent[span] ?? NO_SPAN) === NO_SPAN) weight += run.weights?.total[span] ?? 0;
  }
  const perSecond = run.weights === null || run.weights.unit === 'nanoseconds' ? NS_PER_SECOND : 1;
  const total = (run.weights === null ? last - first : weight) / perSecond;
  if (!(total > 0) || !Number.isFinite(total)) return new Map();
  const shares = new Map(
    breakdownOf(run).map(({ stage, seconds }) => [stage, Math.min(1, seconds / total)]),
  );
  if (!shares.has(WHOLE_RUN)) shares.set(WHOLE_RUN, 1);
  return shares;
}
