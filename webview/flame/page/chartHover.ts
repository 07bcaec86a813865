import { ChartInstantTexts } from '../../../src/protocol/chartMessages.ts';
import type { Hit } from '../model/scene.ts';
import type { ChartSession } from './chartSession.ts';
import type { ChartSurface } from './chartSurface.ts';
import { hoverText } from './hoverText.ts';

/** What lies under the pointer: drawn in the chart, and told beside it. */
export class ChartHover {
  readonly #surface: ChartSurface;
  readonly #session: () => ChartSession | null;
  readonly #texts = new Map<number, string>();
  #shown = 0;

  constructor(surface: ChartSurface, session: () => ChartSession | null) {
    this.#surface = surface;
    this.#session = session;
  }

  /** Points at something, or (null) at nothing; in pixels of the window. */
  at(hit: Hit | null, clientX: number, clientY: number): void {
    const shown = ++this.#shown;
    const { scene, tooltip } = this.#surface;
    const header = this.#session()?.header;
    if (scene === null || header == null) return;
    scene.hover = hit;
    scene.crosshairNs =
      hit !== null && 'timeNs' in hit && hit.kind !== 'minimap' ? hit.timeNs : null;
    this.#surface.redrawOverlay();
    const lines = hit === null ? [] : hoverText(hit, scene, header);
    if (lines.length === 0) {
      tooltip.hide();
      return;
    }
    tooltip.show(clientX, clientY, lines);
    if (hit?.kind !== 'instant') return;
    const instant = scene.instants?.instant[hit.instant];
    if (instant === undefined) return;
    void this.#textOf(instant).then((text) => {
      if (shown === this.#shown) tooltip.show(clientX, clientY, [text, ...lines]);
    });
  }

  async #textOf(instant: number): Promise<string> {
    const known = this.#texts.get(instant);
    if (known !== undefined) return known;
    const answer = await this.#session()
      ?.ask(ChartInstantTexts, { instants: [instant] })
      // The time of the event is told already.
      .catch(() => null);
    const text = answer?.texts[0] ?? '';
    this.#texts.set(instant, text);
    return text;
  }
}
