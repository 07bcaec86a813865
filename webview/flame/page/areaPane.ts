import type { ChartHeader, NameTotal } from '../../../src/protocol/chart.ts';
import { ChartAggregate } from '../../../src/protocol/chartMessages.ts';
import { formatExtent, countOf } from '../../shared/amounts.ts';
import { el } from '../../shared/dom.ts';
import { stateMessage } from '../../shared/stateMessage.ts';
import type { VirtualTable } from '../../shared/virtualTable.ts';
import type { Area } from './areaSelect.ts';
import { areaMarkdown } from './chartMarkdown.ts';
import type { ChartSession } from './chartSession.ts';
import { keysOf } from './keyMap.ts';
import { totalsTable } from './totalsTable.ts';

const MOST_NAMES = 500;

/** What the pane leads to. */
export interface AreaPaneListener {
  readonly goToSpan: (span: number) => void;
  readonly copy: () => void;
  readonly zoom: () => void;
  readonly clear: () => void;
  readonly failed: (error: unknown) => void;
}

/** What lies in the selected stretch of time, by name. */
export class AreaPane {
  readonly #listener: AreaPaneListener;
  readonly #table: VirtualTable<NameTotal>;
  #header: ChartHeader | null = null;
  #names: readonly NameTotal[] = [];
  #asked = 0;

  constructor(listener: AreaPaneListener) {
    this.#listener = listener;
    this.#table = totalsTable(() => this.#header?.run.weightsUnit ?? null, {
      label: 'Spans in the selection, by name',
      empty: 'No spans lie in the selection.',
      onActivate: ({ span }) => listener.goToSpan(span),
    });
  }

  /** What stands here without a selection. */
  static empty(): Node[] {
    return [
      stateMessage('graph', 'Nothing is selected', [
        `Drag on the ruler, drag with Shift, or press ${keysOf('mark-area')} to see what a stretch of time consists of.`,
      ]),
    ];
  }

  /** The selection as Markdown; null before it has come. */
  markdown(area: Area): string | null {
    if (this.#header === null || this.#names.length === 0) return null;
    return areaMarkdown(area, this.#names, this.#header);
  }

  /** Asks for what lies in an area. @returns what the pane shows; null where a newer question overtook it */
  async load(session: ChartSession, header: ChartHeader, area: Area): Promise<Node[] | null> {
    const asked = ++this.#asked;
    this.#header = header;
    try {
      const { from, to, tracks } = area;
      const { names, spans, busy } = await session.ask(ChartAggregate, {
        from,
        to,
        tracks: [...(tracks ?? [])],
        limit: MOST_NAMES,
      });
      if (asked !== this.#asked) return null;
      this.#names = names;
      this.#table.setRows(names);
      return [this.#head(header, area, spans, busy), this.#table.element];
    } catch (error) {
      if (asked === this.#asked) this.#listener.failed(error);
      return null;
    }
  }

  #head(header: ChartHeader, { from, to, tracks }: Area, spans: number, busy: number): HTMLElement {
    const amount = (value: number): string => formatExtent(value, header.run.weightsUnit);
    const where = tracks === null ? 'all tracks' : countOf(tracks.length, 'track');
    const action = (label: string, run: () => void): HTMLElement =>
      el('button', { type: 'button', class: 'button secondary', on: { click: run } }, label);
    const { copy, zoom, clear } = this.#listener;
    return el(
      'div',
      { class: 'area-head' },
      el(
        'span',
        {},
        el('strong', {}, amount(to - from)),
        ` from ${amount(from)} · ${where} · ${countOf(spans, 'span')} · ${amount(busy)} busy`,
      ),
      el(
        'div',
        { class: 'pane-actions' },
        action('Zoom', zoom),
        action('Copy', copy),
        action('Clear', clear),
      ),
    );
  }
}
