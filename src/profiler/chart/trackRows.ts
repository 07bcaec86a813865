/** Spans as they lie on tracks, of either view. All columns are by span; `order` is by track, then row, then start. */
export interface DrawnSpans {
  readonly tracks: readonly { readonly from: number; readonly to: number; readonly rows: number }[];
  readonly order: Uint32Array;
  readonly start: Float64Array;
  readonly duration: Float64Array;
  readonly row: Uint32Array;
  readonly nameId: Uint32Array;
  readonly flags: Uint8Array;
  /** Null where all lie on the only track; `placeOfTrack` tells where in `tracks` each is. */
  readonly trackId: Uint32Array | null;
  readonly placeOfTrack: Uint32Array;
  /** Rows of different lanes do not nest; null where there is one lane. */
  readonly lane: Uint16Array | null;
}

/** The spans of one track one behind the other, row by row: the columns of the run are in another order. */
export class TrackRows {
  count = 0;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly row: Uint32Array;
  readonly name: Uint32Array;
  readonly lane: Uint16Array;
  readonly flags: Uint8Array;

  constructor(largest: number) {
    this.start = new Float64Array(largest);
    this.end = new Float64Array(largest);
    this.row = new Uint32Array(largest);
    this.name = new Uint32Array(largest);
    this.lane = new Uint16Array(largest);
    this.flags = new Uint8Array(largest);
  }

  fill(spans: DrawnSpans, places: Uint32Array, order: Uint32Array): void {
    this.count = order.length;
    for (let at = 0; at < order.length; at += 1) {
      const span = order[at] ?? 0;
      const start = spans.start[span] ?? 0;
      this.start[at] = start;
      this.end[at] = start + (spans.duration[span] ?? 0);
      this.row[at] = spans.row[span] ?? 0;
      this.name[at] = (places[spans.nameId[span] ?? 0] ?? 1) - 1;
      this.lane[at] = spans.lane?.[span] ?? 0;
      this.flags[at] = spans.flags[span] ?? 0;
    }
  }
}
