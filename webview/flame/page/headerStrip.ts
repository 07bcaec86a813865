import type { ChartHeader, ChartSource } from '../../../src/protocol/chart.ts';
import { countOf } from '../../shared/amounts.ts';
import { el } from '../../shared/dom.ts';
import { icon, severityIcon, type IconName } from '../../shared/icons.ts';
import { figureText } from './figureText.ts';

const STATUS_ICONS: Readonly<Record<string, IconName>> = {
  done: 'pass',
  failed: 'error',
  running: 'sync',
  cancelled: 'circle-slash',
};

/** What the strip leads to. */
export interface StripListener {
  showFindings(): void;
  showRejected(): void;
  showNotes(): void;
}

/** The line above the chart: which run this is, how it stands, and its figures against their targets. */
export class HeaderStrip {
  readonly element = el('header', { class: 'strip' });
  readonly #listener: StripListener;

  constructor(listener: StripListener) {
    this.#listener = listener;
  }

  /** What is being opened, before anything is known of it. */
  begin(source: ChartSource): void {
    const name = source.kind === 'run' ? 'Run' : (source.path.split(/[\\/]/u).at(-1) ?? '');
    this.element.replaceChildren(el('h1', { title: name }, name));
  }

  render(header: ChartHeader): void {
    const focused = this.element.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-key')
      : null;
    this.element.replaceChildren(this.#about(header), figures(header));
    if (focused != null) this.element.querySelector<HTMLElement>(`[data-key=${focused}]`)?.focus();
  }

  #about({ run, findings, analysed }: ChartHeader): HTMLElement {
    const started = run.startedAt === null ? '' : new Date(run.startedAt).toLocaleString();
    const worst = findings.some(({ severity }) => severity === 'error')
      ? 'error'
      : findings.some(({ severity }) => severity === 'warning')
        ? 'warning'
        : 'info';
    return el(
      'div',
      { class: 'strip-about' },
      el('h1', { title: run.name }, run.name),
      el(
        'span',
        { class: `strip-fact status-${run.status}`, title: run.error ?? '' },
        icon(STATUS_ICONS[run.status] ?? 'info'),
        run.status,
      ),
      ...[run.format, countOf(run.spans, 'span'), started]
        .filter((text) => text !== '')
        .map((text) => el('span', { class: 'strip-fact' }, text)),
      findings.length > 0
        ? this.#button('findings', worst, countOf(findings.length, 'finding'), () =>
            this.#listener.showFindings(),
          )
        : el(
            'span',
            { class: 'strip-fact' },
            ...(analysed
              ? [icon('pass'), 'no findings']
              : run.status === 'running'
                ? [icon('info'), 'findings when it has ended']
                : [icon('loading'), 'looking for findings…']),
          ),
      run.rejected > 0
        ? this.#button('rejected', 'warning', `${countOf(run.rejected, 'row')} rejected`, () =>
            this.#listener.showRejected(),
          )
        : null,
      run.notes.length > 0
        ? this.#button('notes', 'info', countOf(run.notes.length, 'note'), () =>
            this.#listener.showNotes(),
          )
        : null,
    );
  }

  #button(
    key: string,
    severity: 'error' | 'warning' | 'info',
    text: string,
    click: () => void,
  ): HTMLElement {
    return el(
      'button',
      { type: 'button', class: 'strip-button', 'data-key': key, on: { click } },
      severityIcon(severity),
      text,
    );
  }
}

function figures({ strip }: ChartHeader): HTMLElement | string {
  if (strip.length === 0) return '';
  return el(
    'dl',
    { class: 'strip-figures', tabindex: 0, 'aria-label': 'Figures against their targets' },
    ...strip.map((figure) => {
      const { title, value, limit, verdict } = figureText(figure);
      const state = figure.met === null ? 'open' : figure.met ? 'met' : 'missed';
      const word = figure.met === null ? 'target' : state;
      return el(
        'div',
        { class: `figure figure-${state}`, title: verdict === '' ? title : `${title}: ${verdict}` },
        el('dt', {}, title),
        el(
          'dd',
          {},
          el('span', { class: 'figure-value' }, value),
          limit === ''
            ? null
            : el(
                'span',
                { class: 'figure-limit' },
                figure.met === null ? null : metIcon(figure.met),
                ` ${word} ${limit}`,
              ),
        ),
      );
    }),
  );
}

function metIcon(met: boolean): HTMLElement {
  const mark = icon(met ? 'pass' : 'error');
  mark.classList.add(met ? 'met' : 'missed');
  return mark;
}
