import type { SpanDetails } from '../../../src/protocol/chart.ts';
import { ChartSpan } from '../../../src/protocol/chartMessages.ts';
import type { Announcer } from '../../shared/announcer.ts';
import { formatExtent } from '../../shared/amounts.ts';
import type { SpanPlace } from '../model/scene.ts';
import { fitTo, revealSpan } from '../model/view.ts';
import type { ChartSession } from './chartSession.ts';
import type { ChartSurface } from './chartSurface.ts';
import { flagWords } from './flagWords.ts';
import type { PageStore } from './pageStore.ts';

/** What the selection works with. */
export interface SelectionParts {
  readonly session: () => ChartSession;
  readonly surface: ChartSurface;
  readonly store: PageStore;
  readonly announcer: Announcer;
  /** The details of the chosen span have come, or nothing is chosen any more. */
  readonly changed: (details: SpanDetails | null) => void;
  readonly failed: (error: unknown) => void;
}

/** How much of the view a chosen span may move. */
export type Reveal = 'not' | 'into-sight' | 'fit';

/** The span that is chosen, in the scene, in the state, and with its details. */
export class Selection {
  readonly #parts: SelectionParts;
  #details: SpanDetails | null = null;
  #asked = 0;

  constructor(parts: SelectionParts) {
    this.#parts = parts;
  }

  /** Null where nothing is chosen, or the details have not come yet. */
  get details(): SpanDetails | null {
    return this.#details;
  }

  get place(): SpanPlace | null {
    return this.#parts.surface.scene?.selected ?? null;
  }

  /** Chooses a span that is drawn. */
  choose(place: SpanPlace, reveal: Reveal): void {
    this.#show(place, reveal);
    this.#announce(place);
    const { store } = this.#parts;
    if (store.state.view !== 'sandwich') {
      store.update({ selected: { view: store.state.view, span: place.span } });
    }
    void this.#load(place.span);
  }

  /** Chooses a span by its place in the run, or its number in a merged view. */
  async goTo(span: number, reveal: Reveal): Promise<void> {
    const { store } = this.#parts;
    const { view } = store.state;
    if (view === 'sandwich') return;
    store.update({ selected: { view, span } });
    const details = await this.#load(span);
    if (details === null) return;
    const place = this.#placeOf(details);
    this.#show(place, reveal);
    this.#announce(place);
  }

  /** Chooses in a new scene what was chosen before, without moving the view. */
  async restore(): Promise<void> {
    const { selected, view } = this.#parts.store.state;
    if (selected?.view !== view) {
      this.#forget();
      return;
    }
    const details = await this.#load(selected.span);
    if (details !== null) this.#show(this.#placeOf(details), 'not');
  }

  clear(): void {
    this.#parts.store.update({ selected: null });
    this.#forget();
  }

  #forget(): void {
    this.#asked += 1;
    this.#details = null;
    const { scene } = this.#parts.surface;
    if (scene !== null) {
      scene.selected = null;
      scene.focus = null;
      this.#parts.surface.redrawOverlay();
    }
    this.#parts.changed(null);
  }

  async #load(span: number): Promise<SpanDetails | null> {
    const asked = ++this.#asked;
    // Boxes of a sandwich stand for nodes of the merged stacks.
    const view = this.#parts.store.state.view === 'time' ? 'time' : 'left-heavy';
    try {
      const details = await this.#parts.session().ask(ChartSpan, { view, span });
      if (asked !== this.#asked) return null;
      this.#details = details;
      this.#parts.changed(details);
      return details;
    } catch (error) {
      if (asked === this.#asked) this.#parts.failed(error);
      return null;
    }
  }

  #placeOf(details: SpanDetails): SpanPlace {
    const { span, trackId, row, start, duration, flags } = details;
    const found = this.#parts.surface.scene?.store.find(trackId, row, start, span);
    if (found) return found;
    return {
      trackId,
      row,
      span,
      startNs: start,
      durationNs: duration,
      nameId: details.nameId,
      flags,
      piece: -1,
      index: -1,
    };
  }

  #show(place: SpanPlace, reveal: Reveal): void {
    const { surface } = this.#parts;
    const { scene } = surface;
    if (scene === null) return;
    scene.selected = place;
    scene.focus = { kind: 'span', place };
    if (reveal === 'fit') {
      scene.view = fitTo(scene, place.startNs, place.startNs + place.durationNs);
    }
    if (reveal === 'not') surface.redrawOverlay();
    else surface.setView(revealSpan(scene, place));
  }

  #announce(place: SpanPlace): void {
    const { surface, announcer } = this.#parts;
    const { scene } = surface;
    if (scene === null) return;
    const known = this.#details?.span === place.span ? this.#details.name : '';
    const name = scene.names.nameOf(place.nameId) || known || 'no name';
    const track = scene.tracks.find(({ id }) => id === place.trackId)?.name ?? '';
    announcer.say(
      [
        name,
        formatExtent(place.durationNs, scene.weightsUnit),
        `at ${formatExtent(place.startNs, scene.weightsUnit)}`,
        track,
        `depth ${place.row + 1}`,
        ...flagWords(place.flags),
      ]
        .filter((text) => text !== '')
        .join(', '),
    );
  }
}
