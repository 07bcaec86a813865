import type { PieceColumns } from '../../../src/profiler/chart/chartColumns.ts';
import type { ChartTrack } from '../../../src/protocol/chart.ts';
import { RowRun } from './rowRun.ts';
import type { PieceKey, SpanPlace, VisibleRows } from './scene.ts';

/** Spans held at most: 29 bytes each, and 2 for their pyramid. */
const DEFAULT_BUDGET = 6_000_000;

interface HeldPiece {
  readonly columns: PieceColumns;
  readonly runs: readonly RowRun[];
  readonly firstRow: number;
  readonly lastRow: number;
  /** When it was in sight last. */
  seen: number;
}

interface TrackSpans {
  readonly track: ChartTrack;
  readonly pieces: (HeldPiece | undefined)[];
  /** Runs of each row in the order of time; a row that is in no piece yet is absent. */
  readonly rows: (RowRun[] | undefined)[];
}

const NO_RUNS: readonly RowRun[] = [];

/** The spans that a page holds: columns as they came, cut into rows. It forgets what has not been in sight for longest. */
export class SpanStore {
  readonly #tracks = new Map<number, TrackSpans>();
  readonly #budget: number;
  #held = 0;
  #clock = 0;

  /** @param budget spans held at most */
  constructor(tracks: readonly ChartTrack[], budget = DEFAULT_BUDGET) {
    this.#budget = budget;
    for (const track of tracks) {
      this.#tracks.set(track.id, { track, pieces: [], rows: [] });
    }
  }

  /** Spans held now. */
  get held(): number {
    return this.#held;
  }

  /** Takes a piece, in place of an older one of that number. The columns are kept, not copied. */
  addPiece(trackId: number, piece: number, columns: PieceColumns): void {
    const spans = this.#tracks.get(trackId);
    if (spans === undefined) return;
    this.#dropPiece(spans, piece);
    const runs = runsOf(piece, columns);
    for (const run of runs) insertRun((spans.rows[run.row] ??= []), run);
    spans.pieces[piece] = {
      columns,
      runs,
      firstRow: runs[0]?.row ?? 0,
      lastRow: runs.at(-1)?.row ?? 0,
      seen: this.#clock,
    };
    this.#held += columns.start.length;
    this.#evict();
  }

  /**
   * Colours the spans of a piece by how they differ from another run, in the order of its columns: -1 (much less: blue) to
   * 1 (much more: red), 0 the same; -Infinity: only in A, Infinity: only in B; NaN: by the name, as without a tint.
   */
  setTint(trackId: number, piece: number, tint: Float32Array | null): void {
    for (const run of this.#tracks.get(trackId)?.pieces[piece]?.runs ?? []) run.tint = tint;
  }

  hasPiece(trackId: number, piece: number): boolean {
    return this.#tracks.get(trackId)?.pieces[piece] !== undefined;
  }

  /** The spans of a row in the order of time; empty where none are held. */
  row(trackId: number, row: number): readonly RowRun[] {
    return this.#tracks.get(trackId)?.rows[row] ?? NO_RUNS;
  }

  /** Whether spans of some of these rows may not be held. */
  isMissing(trackId: number, firstRow: number, lastRow: number): boolean {
    const spans = this.#tracks.get(trackId);
    if (spans === undefined) return false;
    for (let piece = 0; piece < spans.track.pieces; piece += 1) {
      if (mayMiss(spans, piece, firstRow, lastRow)) return true;
    }
    return false;
  }

  /**
   * Pieces that rows in sight still lack, in the order to ask for them, as many as may be held together. What is not in
   * these rows is what may be forgotten.
   */
  neededPieces(visible: readonly VisibleRows[]): PieceKey[] {
    this.#clock += 1;
    let room = this.#budget;
    for (const { trackId, firstRow, lastRow } of visible) {
      for (const held of this.#tracks.get(trackId)?.pieces ?? []) {
        if (held === undefined || held.seen === this.#clock) continue;
        if (held.firstRow > lastRow || held.lastRow < firstRow) continue;
        held.seen = this.#clock;
        room -= held.columns.start.length;
      }
    }
    const needed: PieceKey[] = [];
    for (const { trackId, firstRow, lastRow } of visible) {
      const spans = this.#tracks.get(trackId);
      if (spans === undefined) continue;
      const expected = spans.track.spans / Math.max(1, spans.track.pieces);
      for (let piece = 0; piece < spans.track.pieces; piece += 1) {
        if (!mayMiss(spans, piece, firstRow, lastRow)) continue;
        if (room < expected) return needed;
        room -= expected;
        needed.push({ trackId, piece });
      }
    }
    return needed;
  }

  /** The span at a place of a piece's columns. */
  place(trackId: number, run: RowRun, index: number): SpanPlace {
    const { columns, row, piece } = run;
    return {
      trackId,
      row,
      piece,
      index,
      span: columns.span[index] ?? 0,
      startNs: columns.start[index] ?? 0,
      durationNs: columns.duration[index] ?? 0,
      nameId: columns.name[index] ?? 0,
      flags: columns.flags[index] ?? 0,
    };
  }

  /** Finds a span by its place in the run near the time where it starts; null where it is not held. */
  find(trackId: number, row: number, startNs: number, span: number): SpanPlace | null {
    for (const run of this.row(trackId, row)) {
      for (let i = run.firstStartingFrom(startNs); i < run.to; i += 1) {
        if ((run.columns.start[i] ?? 0) > startNs) break;
        if (run.columns.span[i] === span) return this.place(trackId, run, i);
      }
    }
    return null;
  }

  #dropPiece(spans: TrackSpans, piece: number): void {
    const held = spans.pieces[piece];
    if (held === undefined) return;
    spans.pieces[piece] = undefined;
    this.#held -= held.columns.start.length;
    for (const { row } of held.runs) {
      spans.rows[row] = spans.rows[row]?.filter((run) => run.piece !== piece);
    }
  }

  /** Makes room by forgetting pieces, the one longest out of sight first, never one in sight. */
  #evict(): void {
    while (this.#held > this.#budget) {
      let oldest: { spans: TrackSpans; piece: number; seen: number } | null = null;
      for (const spans of this.#tracks.values()) {
        for (const [piece, held] of spans.pieces.entries()) {
          if (held === undefined || held.seen >= (oldest?.seen ?? this.#clock)) continue;
          oldest = { spans, piece, seen: held.seen };
        }
      }
      if (oldest === null) return;
      this.#dropPiece(oldest.spans, oldest.piece);
    }
  }
}

/** Whether a piece is not held and may have spans of these rows: its neighbours tell between which rows it lies. */
function mayMiss(spans: TrackSpans, piece: number, firstRow: number, lastRow: number): boolean {
  if (spans.pieces[piece] !== undefined) return false;
  let before = piece - 1;
  while (before >= 0 && spans.pieces[before] === undefined) before -= 1;
  if ((spans.pieces[before]?.lastRow ?? 0) > lastRow) return false;
  let after = piece + 1;
  while (after < spans.track.pieces && spans.pieces[after] === undefined) after += 1;
  return (spans.pieces[after]?.firstRow ?? Infinity) >= firstRow;
}

function runsOf(piece: number, columns: PieceColumns): RowRun[] {
  const { row } = columns;
  const runs: RowRun[] = [];
  for (let from = 0; from < row.length;) {
    const at = row[from] as number;
    let to = from + 1;
    while (to < row.length && row[to] === at) to += 1;
    runs.push(new RowRun(piece, at, columns, from, to));
    from = to;
  }
  return runs;
}

function insertRun(runs: RowRun[], run: RowRun): void {
  let at = runs.length;
  while (at > 0 && (runs[at - 1] as RowRun).piece > run.piece) at -= 1;
  runs.splice(at, 0, run);
}
