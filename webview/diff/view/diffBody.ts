import { el } from '../../shared/dom.ts';
import { splitter } from '../../shared/splitter.ts';
import type { DiffLayout } from '../model/diffState.ts';
import { legend } from './legend.ts';

const LEAST_CHART_SHARE = 0.2;
const MOST_CHART_SHARE = 0.85;

/** The parts between which the page is divided. */
export interface DiffBodyParts {
  readonly chart: HTMLElement;
  readonly explanation: HTMLElement;
  readonly pair: HTMLElement;
  readonly weights: boolean;
  readonly chartShare: number;
  /** Told of the share of the height that the chart has now. */
  readonly resized: (chartShare: number) => void;
}

/** The chart with its legend above, what explains the difference below, and a bar to size them by. */
export class DiffBody {
  readonly element = el('div', { class: 'diff-body' });
  readonly #lower: HTMLElement;
  readonly #weights: boolean;
  #legend: HTMLElement = el('ul');

  constructor({ chart, explanation, pair, weights, chartShare, resized }: DiffBodyParts) {
    this.#weights = weights;
    const upper = el('section', { class: 'diff-upper', 'aria-label': 'Time-lines' });
    upper.append(chart, this.#legend);
    this.#lower = el(
      'section',
      { class: 'diff-lower', 'aria-label': 'What is different' },
      explanation,
      pair,
    );
    const room = (): number => this.element.clientHeight;
    const bar = splitter({
      label: 'Height of the explanation',
      side: () => 'bottom',
      size: () => this.#lower.clientHeight,
      limits: () => ({
        min: room() * (1 - MOST_CHART_SHARE),
        max: room() * (1 - LEAST_CHART_SHARE),
      }),
      resize: (pixels) => {
        const share = 1 - pixels / Math.max(1, room());
        const kept = Math.min(MOST_CHART_SHARE, Math.max(LEAST_CHART_SHARE, share));
        this.#size(kept);
        resized(kept);
      },
    });
    this.element.append(upper, bar, this.#lower);
    this.#size(chartShare);
  }

  /** Explains the signs of a layout. */
  set layout(layout: DiffLayout) {
    const next = legend(layout, this.#weights);
    this.#legend.replaceWith(next);
    this.#legend = next;
  }

  #size(chartShare: number): void {
    this.#lower.style.height = `${((1 - chartShare) * 100).toFixed(2)}%`;
  }
}
