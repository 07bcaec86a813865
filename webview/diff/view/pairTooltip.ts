import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import type { Hit, Scene } from '../../flame/model/scene.ts';
import { Tooltip } from '../../shared/tooltip.ts';
import type { SpanMark } from '../chart/diffChart.ts';
import { loadPair, pairOf } from '../chart/pairDetails.ts';
import type { DiffResult } from '../model/diffResult.ts';
import { hoverLines, sourceLines } from './hoverLines.ts';

/** A pointer that rests so long is told of the source lines too. */
const SOURCE_AFTER_MS = 150;

/** What is told beside the pointer: the pair, its difference, and where both spans are in the sources. */
export class PairTooltip {
  readonly #connection: RpcConnection;
  readonly #diff: DiffResult;
  readonly #tooltip = new Tooltip();
  #timer: number | undefined;

  constructor(connection: RpcConnection, diff: DiffResult) {
    this.#connection = connection;
    this.#diff = diff;
    document.body.append(this.#tooltip.element);
  }

  /** Tells of what lies at a point of the window; nothing of nothing. */
  show(
    mark: SpanMark | null,
    hit: Hit | null,
    clientX: number,
    clientY: number,
    scene: Scene | undefined,
  ): void {
    clearTimeout(this.#timer);
    const lines = scene === undefined ? [] : hoverLines(mark, hit, scene, this.#diff.unit);
    if (lines.length === 0) {
      this.#tooltip.hide();
      return;
    }
    this.#tooltip.show(clientX, clientY, lines);
    if (mark === null) return;
    const timer = window.setTimeout(() => {
      loadPair(this.#connection, this.#diff, mark.ids)
        .then((details) => {
          if (timer !== this.#timer) return;
          const { a, b } = pairOf(details);
          const sources = sourceLines(a, b);
          if (sources.length > 0) this.#tooltip.show(clientX, clientY, [...lines, ...sources]);
        })
        // What is chosen tells of errors; a tooltip only lacks a line.
        .catch(() => undefined);
    }, SOURCE_AFTER_MS);
    this.#timer = timer;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tooltip.element.remove();
  }
}
