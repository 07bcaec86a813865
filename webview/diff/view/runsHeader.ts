import { amountText } from '../../../src/profiler/diff/amountText.ts';
import type { ChartHeader } from '../../../src/protocol/chart.ts';
import { drawableText } from '../../flame/model/drawableText.ts';
import { countOf } from '../../shared/amounts.ts';
import { el } from '../../shared/dom.ts';
import { iconButton } from '../../shared/icons.ts';
import { glyphOf, headlineText } from '../model/changeWords.ts';
import type { DiffResult, Side } from '../model/diffResult.ts';

/** What can be done with the two runs. */
export interface RunsActions {
  readonly choose: (side: Side) => void;
  readonly swap: () => void;
}

/** Which runs are compared, and what the difference comes to. */
export class RunsHeader {
  readonly element = el('header', { class: 'diff-header' });
  readonly #actions: RunsActions;

  constructor(actions: RunsActions) {
    this.#actions = actions;
  }

  show(diff: DiffResult): void {
    const { a, b, totalA, totalB, unit } = diff;
    const delta = totalB - totalA;
    const direction = delta > 0 ? 'more' : delta < 0 ? 'less' : 'same';
    this.element.replaceChildren(
      el(
        'div',
        { class: 'diff-runs' },
        this.#run('a', a, amountText(totalA, unit)),
        iconButton('sync', 'Swap A and B (X)', this.#actions.swap),
        this.#run('b', b, amountText(totalB, unit)),
      ),
      el(
        'h2',
        { class: `diff-headline ${direction}` },
        el('span', { 'aria-hidden': 'true' }, `${glyphOf(delta)} `),
        headlineText(totalA, totalB, unit),
      ),
    );
  }

  #run(side: Side, { run }: ChartHeader, total: string): HTMLElement {
    const letter = side.toUpperCase();
    const when = run.startedAt === null ? '' : new Date(run.startedAt).toLocaleString();
    const about = [total, countOf(run.spans, 'span'), when].filter((text) => text !== '');
    return el(
      'button',
      {
        type: 'button',
        class: `run-choice side-${side}`,
        title: `${drawableText(run.name)}\nChoose another run for ${letter}`,
        on: { click: () => this.#actions.choose(side) },
      },
      el('span', { class: 'side-letter' }, letter),
      el(
        'span',
        { class: 'run-text' },
        el('span', { class: 'run-name' }, drawableText(run.name)),
        el('span', { class: 'run-about' }, about.join(' · ')),
      ),
      el('span', { class: 'visually-hidden' }, '. Choose another run'),
    );
  }
}
