import type { Run } from '../model/run.ts';
import type { SpanIndex, TrackId } from '../model/units.ts';
import { type Selection, aggregate } from './aggregate.ts';
import type { OverviewColumns, PieceColumns } from './chartColumns.ts';
import { type CriticalPath, criticalPath } from './criticalPath.ts';
import { FunctionTable } from './functionTable.ts';
import {
  type LeftHeavyLayout,
  leftHeavyLayout,
  nodeFlags,
  outermostNodes,
} from './leftHeavyLayout.ts';
import { type NameTable, nameTable } from './nameTable.ts';
import type { NameTotal } from './nameTotals.ts';
import { overview } from './overview.ts';
import { leftHeavyPiece, timePiece } from './pieces.ts';
import { type Sandwich, sandwich } from './sandwich.ts';
import { type Hits, searchNames } from './search.ts';
import { type ChartMarks, markedFlags, ownFlags } from './spanMarks.ts';
import { type TimeLayout, timeLayout, trackOf } from './timeLayout.ts';

/** The two views that have spans of their own. */
export type DrawnView = 'time' | 'left-heavy';

/** One run as it is drawn: everything that a chart asks of it, made when it is asked first. */
export class ChartModel {
  readonly run: Run;
  readonly layout: TimeLayout;
  readonly names: NameTable;
  /** Length of the time axis in nanoseconds; of a run without time order the width of its stacks. */
  readonly extent: number;
  #marks: ChartMarks | null = null;
  #critical: CriticalPath | null = null;
  /** By span. */
  #flags: Uint8Array;
  #leftHeavy: LeftHeavyLayout | null = null;
  #nodeFlags: Uint8Array | null = null;
  #outermost: Uint8Array | null = null;
  #functions: FunctionTable | null = null;

  constructor(run: Run) {
    this.run = run;
    this.layout = timeLayout(run);
    this.names = nameTable(run);
    this.#flags = ownFlags(run);
    this.extent = run.weights === null ? timeExtent(run) : this.leftHeavy.extent;
  }

  get leftHeavy(): LeftHeavyLayout {
    this.#leftHeavy ??= leftHeavyLayout(this.run);
    return this.#leftHeavy;
  }

  /** What an analysis said; null before it was made. */
  get marks(): ChartMarks | null {
    return this.#marks;
  }

  /** Takes in what an analysis says: flags of spans change. */
  mark(marks: ChartMarks): void {
    this.#marks = marks;
    this.#critical = marks.critical;
    this.#flags = markedFlags(this.run, marks);
    this.#nodeFlags = null;
  }

  get critical(): CriticalPath {
    this.#critical ??= criticalPath(this.run);
    return this.#critical;
  }

  /** Flags by span, or by node of the merged stacks. */
  flags(view: DrawnView): Uint8Array {
    if (view === 'time') return this.#flags;
    this.#nodeFlags ??= nodeFlags(this.leftHeavy, this.#flags);
    return this.#nodeFlags;
  }

  /** Null for a track that there is not. */
  piece(view: DrawnView, track: TrackId, piece: number): PieceColumns | null {
    const flags = this.flags(view);
    if (view === 'left-heavy') return leftHeavyPiece(this.leftHeavy, this.names, flags, piece);
    const drawn = trackOf(this.layout, track);
    return drawn === undefined
      ? null
      : timePiece(this.run, this.layout, this.names, flags, drawn, piece);
  }

  overview(view: DrawnView, buckets: number): OverviewColumns {
    const flags = this.flags(view);
    const { places } = this.names;
    if (view === 'left-heavy') {
      const { extent, rows, row, start, width, nameId } = this.leftHeavy;
      const order = Uint32Array.from(row.keys());
      const tracks = [{ from: 0, to: row.length, rows }];
      const nowhere = { trackId: null, placeOfTrack: new Uint32Array(0), lane: null };
      const spans = { tracks, order, start, duration: width, row, nameId, flags, ...nowhere };
      return overview(spans, places, extent, buckets);
    }
    const { tracks, order, row } = this.layout;
    const placeOfTrack = new Uint32Array(this.run.tracks.length);
    tracks.forEach(({ id }, place) => (placeOfTrack[id] = place));
    const { startNs: start, durationNs: duration, nameId, trackId, lane } = this.run.spans;
    const spans = { tracks, order, start, duration, row, nameId, trackId, placeOfTrack, lane };
    return overview({ ...spans, flags }, places, this.extent, buckets);
  }

  /** @param nameId place in the chart's names. */
  sandwich(nameId: number): Sandwich & { readonly total: NameTotal } {
    const name = this.names.strings[nameId] ?? 0;
    const flags = this.flags('left-heavy');
    const halves = sandwich(this.leftHeavy, this.names, flags, this.#outermostNodes(), name);
    return { ...halves, total: this.functions.of(nameId) };
  }

  get functions(): FunctionTable {
    this.#functions ??= new FunctionTable(
      this.run,
      this.names,
      this.leftHeavy,
      this.#outermostNodes(),
    );
    return this.#functions;
  }

  aggregate(selection: Selection, limit: number): ReturnType<typeof aggregate> {
    const outermost = this.#outermostNodes();
    const { nodeOf } = this.leftHeavy;
    const isOutermost = (span: SpanIndex): boolean => outermost[nodeOf[span] ?? 0] === 1;
    return aggregate(this.run, this.names, isOutermost, selection, limit);
  }

  search(view: DrawnView, text: string, limit: number): Hits {
    const { nameId } = view === 'time' ? this.run.spans : this.leftHeavy;
    return searchNames(this.run, nameId, text, limit);
  }

  #outermostNodes(): Uint8Array {
    this.#outermost ??= outermostNodes(this.leftHeavy);
    return this.#outermost;
  }
}

/** When the last of everything that a time axis shows ends. */
function timeExtent({ spans, instants, counters }: Run): number {
  let extent = 0;
  for (let span = 0; span < spans.startNs.length; span += 1) {
    const end = (spans.startNs[span] ?? 0) + (spans.durationNs[span] ?? 0);
    if (end > extent) extent = end;
  }
  extent = Math.max(extent, instants.timeNs.at(-1) ?? 0);
  for (const { timesNs } of counters) extent = Math.max(extent, timesNs.at(-1) ?? 0);
  return extent;
}
