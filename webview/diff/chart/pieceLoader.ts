import {
  decodeMarks,
  decodePiece,
  type MarkColumns,
  type PieceColumns,
} from '../../../src/profiler/chart/chartColumns.ts';
import { ChartPiece } from '../../../src/protocol/chartMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { DiffMarks } from '../../../src/protocol/runMessages.ts';
import type { PieceKey } from '../../flame/model/scene.ts';
import type { SpanStore } from '../../flame/model/spanStore.ts';
import type { DiffResult, Side } from '../model/diffResult.ts';
import { type TintBy, largestChange, tintsOf } from '../model/tints.ts';
import { type SideShift, commonPiece, ownOf, sideOf } from './sideIds.ts';

/** Pieces that are asked for at once. */
const MAX_ASKED = 4;

interface LoadedPiece extends PieceKey {
  readonly columns: PieceColumns;
  readonly marks: MarkColumns;
}

/** How the spans of both runs are put into the common scene. */
export interface PiecePlacing {
  readonly shifts: Readonly<Record<Side, SideShift>>;
  readonly tintBy: TintBy;
}

/** Fetches pieces of either run with what the diff says of their spans, and keeps them in the store of the scene. */
export class PieceLoader {
  readonly #connection: RpcConnection;
  readonly #diff: DiffResult;
  readonly #view: 'time' | 'left-heavy';
  readonly #store: SpanStore;
  readonly #onChange: () => void;
  readonly #onError: (error: unknown) => void;
  readonly #loaded = new Map<string, LoadedPiece>();
  readonly #asked = new Set<string>();
  #placing: PiecePlacing;
  #stopped = false;

  constructor(options: {
    readonly connection: RpcConnection;
    readonly diff: DiffResult;
    readonly store: SpanStore;
    readonly placing: PiecePlacing;
    readonly onChange: () => void;
    readonly onError: (error: unknown) => void;
  }) {
    this.#connection = options.connection;
    this.#diff = options.diff;
    this.#view = options.diff.a.run.weightsUnit === null ? 'time' : 'left-heavy';
    this.#store = options.store;
    this.#placing = options.placing;
    this.#onChange = options.onChange;
    this.#onError = options.onError;
  }

  /** What the diff says of a span that is drawn; null where its piece is not held. */
  markOf(
    trackId: number,
    piece: number,
    index: number,
  ): {
    readonly partner: number | null;
    readonly selfDelta: number;
    readonly totalDelta: number;
  } | null {
    const marks = this.#loaded.get(keyOf({ trackId, piece }))?.marks;
    if (marks === undefined || index < 0 || index >= marks.partner.length) return null;
    const partner = marks.partner[index] ?? 0;
    return {
      partner: partner === 0 ? null : partner - 1,
      selfDelta: marks.selfDelta[index] ?? 0,
      totalDelta: marks.totalDelta[index] ?? 0,
    };
  }

  /** Asks for pieces that are not held yet, a few at a time; those that are asked for already are left alone. */
  request(needed: readonly PieceKey[]): void {
    for (const key of needed) {
      if (this.#asked.size >= MAX_ASKED || this.#stopped) return;
      const name = keyOf(key);
      if (this.#asked.has(name)) continue;
      this.#asked.add(name);
      this.#fetch(key)
        .catch((error: unknown) => {
          if (!this.#stopped) this.#onError(error);
        })
        .finally(() => {
          this.#asked.delete(name);
          if (!this.#stopped) this.#onChange();
        });
    }
  }

  /** Moves and colours everything that is held anew. */
  place(placing: PiecePlacing): void {
    this.#placing = placing;
    for (const [name, piece] of this.#loaded) {
      if (this.#store.hasPiece(piece.trackId, piece.piece)) this.#put(piece);
      else this.#loaded.delete(name);
    }
  }

  /** Forgets answers that are still to come. */
  stop(): void {
    this.#stopped = true;
  }

  async #fetch({ trackId, piece }: PieceKey): Promise<void> {
    const side = sideOf(trackId);
    const track = ownOf(trackId);
    const view = this.#view;
    const [spans, said] = await Promise.all([
      this.#connection.request(ChartPiece, { chart: this.#diff[side].chart, view, track, piece }),
      this.#connection.request(DiffMarks, { diff: this.#diff.diff, side, view, track, piece }),
    ]);
    if (this.#stopped) return;
    const columns = decodePiece(spans.bytes);
    const loaded = { trackId, piece, columns, marks: decodeMarks(said.bytes) };
    this.#loaded.set(keyOf(loaded), loaded);
    this.#put(loaded);
  }

  #put({ trackId, piece, columns, marks }: LoadedPiece): void {
    const side = sideOf(trackId);
    const { shifts, tintBy } = this.#placing;
    this.#store.addPiece(trackId, piece, commonPiece(side, columns, shifts[side]));
    const tints = tintsOf(marks, side, tintBy, largestChange(this.#diff));
    // Of a live run there may be more spans by now than there were when it was compared.
    if (tints.length === columns.span.length) this.#store.setTint(trackId, piece, tints);
  }
}

function keyOf({ trackId, piece }: PieceKey): string {
  return `${trackId}:${piece}`;
}
