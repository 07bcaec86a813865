import type { ChartHeader, SpanDetails } from '../../../src/protocol/chart.ts';
import { formatNumber, formatShare } from '../../../src/profiler/report/formatNumber.ts';
import { formatExtent } from '../../shared/amounts.ts';
import { el } from '../../shared/dom.ts';
import { severityIcon } from '../../shared/icons.ts';
import { flagSeverity, flagWords } from './flagWords.ts';

/** What the pane of a span leads to. */
export interface SpanPaneListener {
  readonly goToSpan: (span: number) => void;
  readonly openSource: () => void;
  readonly copy: () => void;
  readonly sandwich: () => void;
  readonly showFinding: (finding: number) => void;
}

const NO_NAME = '(no name)';

/** Everything that is known of a span. */
export function spanPane(
  details: SpanDetails,
  header: ChartHeader,
  isMerged: boolean,
  listener: SpanPaneListener,
): Node[] {
  const { weightsUnit } = header.run;
  const amount = (value: number): string => formatExtent(value, weightsUnit);
  const share = (value: number): string =>
    header.extent > 0 ? ` · ${formatShare(value / header.extent)} of the run` : '';
  const track = header.tracks.find(({ id }) => id === details.trackId)?.name ?? '';
  const { sameName } = details;
  const words = flagWords(details.flags);
  return [
    breadcrumb(details, listener),
    el('h2', { class: 'pane-title', title: details.name }, details.name || NO_NAME),
    words.length === 0
      ? null
      : el(
          'p',
          { class: 'pane-flags' },
          severityIcon(flagSeverity(details.flags)),
          words.join(', '),
        ),
    el(
      'div',
      { class: 'pane-actions' },
      button('Open Source', true, listener.openSource),
      button('Copy', true, listener.copy),
      button('Callers and Callees', header.views.includes('sandwich'), listener.sandwich),
    ),
    facts([
      [
        weightsUnit === null ? 'Duration' : 'Total',
        amount(details.duration) + share(details.duration),
      ],
      ['Self', amount(details.self) + share(details.self)],
      // A node of merged stacks has a place, but no time.
      ['Start', isMerged ? '' : amount(details.start)],
      ['Track', isMerged ? '' : track],
      ['Status', details.status === 'unset' ? '' : details.status],
      ['Source', sourceLink(details, listener)],
      [
        'Same name',
        sameName.count <= 1
          ? 'this span alone'
          : `${formatNumber(sameName.count)} spans, together ${amount(sameName.total)}, median ${amount(sameName.median)}, longest ${amount(sameName.max)}`,
      ],
    ]),
    ...section(
      'Findings',
      details.findings.map((index) =>
        link(header.findings[index]?.title ?? `Finding ${index + 1}`, () =>
          listener.showFinding(index),
        ),
      ),
    ),
    ...(details.attributes.length === 0
      ? []
      : [
          el('h3', {}, 'Attributes'),
          facts(details.attributes.map(({ key, value }) => [key, value])),
        ]),
    ...section(
      'Events',
      details.events.map(({ timeNs, text, level }) =>
        el(
          'span',
          {},
          // An event has no level, a line of a log has.
          el(
            'span',
            { class: 'muted' },
            `${amount(timeNs)} ${level === 'none' ? '' : `${level} `}`,
          ),
          text,
        ),
      ),
    ),
    ...section(
      'Links',
      details.links.map(({ span, name, direction }) =>
        el(
          'span',
          {},
          el('span', { class: 'muted' }, direction === 'to' ? 'to ' : 'from '),
          link(name || NO_NAME, () => listener.goToSpan(span)),
        ),
      ),
    ),
  ].filter((node) => node !== null);
}

function breadcrumb(
  { ancestors }: SpanDetails,
  { goToSpan }: SpanPaneListener,
): HTMLElement | null {
  if (ancestors.length === 0) return null;
  return el(
    'nav',
    { class: 'breadcrumb', 'aria-label': 'Callers' },
    el(
      'ol',
      {},
      ...ancestors.map(({ span, name }) =>
        el(
          'li',
          {},
          link(name || NO_NAME, () => goToSpan(span)),
        ),
      ),
    ),
  );
}

function sourceLink({ source }: SpanDetails, { openSource }: SpanPaneListener): Node | string {
  return source === null ? '' : link(`${source.file}:${source.line}`, openSource);
}

/** Names with what is said of them; what is empty is left out. */
function facts(pairs: readonly (readonly [string, string | Node])[]): HTMLElement {
  return el(
    'dl',
    { class: 'facts' },
    ...pairs
      .filter(([, value]) => value !== '')
      .flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
  );
}

function section(title: string, items: readonly Node[]): Node[] {
  if (items.length === 0) return [];
  return [
    el('h3', {}, title),
    el('ul', { class: 'pane-list' }, ...items.map((item) => el('li', {}, item))),
  ];
}

function link(text: string, click: () => void): HTMLElement {
  return el('button', { type: 'button', class: 'link-button', on: { click } }, text);
}

function button(text: string, enabled: boolean, click: () => void): HTMLElement {
  return el(
    'button',
    { type: 'button', class: 'button secondary', disabled: !enabled, on: { click } },
    text,
  );
}
