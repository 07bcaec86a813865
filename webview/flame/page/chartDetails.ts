import type { ChartHeader, SpanDetails } from '../../../src/protocol/chart.ts';
import { stateMessage } from '../../shared/stateMessage.ts';
import { AreaPane, type AreaPaneListener } from './areaPane.ts';
import type { Area } from './areaSelect.ts';
import type { ChartSession } from './chartSession.ts';
import { DetailsPanel } from './detailsPanel.ts';
import { findingsPane, type FindingsListener } from './findingsPane.ts';
import type { PageState } from './pageState.ts';
import type { PageStore } from './pageStore.ts';
import { spanPane, type SpanPaneListener } from './spanPane.ts';

/** What the details lead to. */
export interface DetailsListener {
  readonly span: Omit<SpanPaneListener, 'showFinding'>;
  readonly area: AreaPaneListener;
  readonly findings: FindingsListener;
  /** The panel was opened or closed. */
  toggled(): void;
}

type DetailsTab = PageState['details']['tab'];

/** The contents of the details: the chosen span, the selected area, the findings. */
export class ChartDetails {
  readonly panel: DetailsPanel;
  readonly #store: PageStore;
  readonly #listener: DetailsListener;
  readonly #area: AreaPane;

  constructor(store: PageStore, listener: DetailsListener) {
    this.#store = store;
    this.#listener = listener;
    this.#area = new AreaPane(listener.area);
    this.panel = new DetailsPanel(
      (tab) => this.open(tab),
      () => this.setOpen(false),
    );
    this.panel.choose(store.state.details.tab);
    this.showSpan(null, null);
    this.panel.fill('area', AreaPane.empty());
  }

  /** Opens the panel at a tab. */
  open(tab: DetailsTab): void {
    this.#store.update({ details: { ...this.#store.state.details, open: true, tab } });
    this.panel.choose(tab);
    this.#listener.toggled();
  }

  /** Brings a tab to the front of a panel that is open. */
  turnTo(tab: DetailsTab): void {
    this.#store.update({ details: { ...this.#store.state.details, tab } });
    this.panel.choose(tab);
  }

  setOpen(open: boolean): void {
    this.#store.update({ details: { ...this.#store.state.details, open } });
    this.#listener.toggled();
  }

  showSpan(details: SpanDetails | null, header: ChartHeader | null): void {
    const content =
      details === null || header === null
        ? [
            stateMessage('graph', 'No span is chosen', [
              'Click a span, or press . to go from one to the next. Enter opens its source line.',
            ]),
          ]
        : spanPane(details, header, this.#store.state.view !== 'time', {
            ...this.#listener.span,
            showFinding: (finding) => this.showFinding(finding),
          });
    this.panel.fill('span', content);
  }

  showFindings(header: ChartHeader): void {
    this.panel.fill('findings', findingsPane(header, this.#listener.findings));
    this.panel.count('findings', header.findings.length === 0 ? null : header.findings.length);
  }

  /** Opens the findings at one of them. */
  showFinding(finding: number): void {
    this.open('findings');
    const card = document.getElementById(`finding-${finding}`);
    card?.scrollIntoView({ block: 'nearest' });
    card?.focus();
  }

  async showArea(session: ChartSession, header: ChartHeader, area: Area | null): Promise<void> {
    if (area === null) {
      this.panel.fill('area', AreaPane.empty());
      return;
    }
    const content = await this.#area.load(session, header, area);
    if (content !== null && this.#store.state.area !== null) this.panel.fill('area', content);
  }

  /** The selected area as Markdown; null without one. */
  areaMarkdown(): string | null {
    const { area } = this.#store.state;
    return area === null ? null : this.#area.markdown(area);
  }
}
