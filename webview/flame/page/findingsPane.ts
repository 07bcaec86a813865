import type { ChartHeader, FindingCard } from '../../../src/protocol/chart.ts';
import { formatSeconds, formatShare } from '../../../src/profiler/report/formatNumber.ts';
import { el } from '../../shared/dom.ts';
import { icon, severityIcon } from '../../shared/icons.ts';
import { stateMessage } from '../../shared/stateMessage.ts';

const MOST_EVIDENCE = 5;

/** What a card leads to. */
export interface FindingsListener {
  readonly openFinding: (finding: number) => void;
  readonly goToSpan: (span: number) => void;
}

/** Findings as cards: what, how much, why, what to do, what it rests on. */
export function findingsPane(
  { findings, analysed }: ChartHeader,
  listener: FindingsListener,
): Node[] {
  if (!analysed) {
    return [stateMessage('sync', 'Looking for findings…', ['This run is still being looked at.'])];
  }
  if (findings.length === 0) {
    return [
      stateMessage('pass', 'No findings', [
        'No rule found a cause for lost time, lost data or a failure in this run.',
      ]),
    ];
  }
  return findings.map((finding, index) => card(finding, index, listener));
}

function card(finding: FindingCard, index: number, listener: FindingsListener): HTMLElement {
  const { severity, title, wastedSeconds, share, expected, actual, cause, fix, location } = finding;
  const cost = [
    wastedSeconds === null ? '' : `${formatSeconds(wastedSeconds)} lost`,
    share === null ? '' : `${formatShare(share)} of the run`,
  ].filter((text) => text !== '');
  const [span] = finding.spans;
  return el(
    'article',
    { class: 'finding', id: `finding-${index}`, tabindex: -1 },
    el(
      'h2',
      {},
      severityIcon(severity),
      el('span', { class: 'visually-hidden' }, `${severity}: `),
      title,
    ),
    cost.length === 0 ? null : el('p', { class: 'finding-cost' }, cost.join(' · ')),
    el(
      'dl',
      { class: 'facts' },
      ...[
        ['Expected', expected],
        ['Found', actual],
        ['Cause', cause],
        ['Fix', fix],
      ]
        .filter(([, text]) => text !== '')
        .flatMap(([name, text]) => [el('dt', {}, name ?? ''), el('dd', {}, text ?? '')]),
    ),
    evidence(finding, listener),
    el(
      'div',
      { class: 'pane-actions' },
      location === null
        ? null
        : action('go-to-file', 'Open Line', `${location.file}:${location.line}`, () =>
            listener.openFinding(index),
          ),
      span === undefined
        ? null
        : action('target', 'Show in Chart', '', () => listener.goToSpan(span)),
    ),
  );
}

function evidence(
  { evidence: lines }: FindingCard,
  { goToSpan }: FindingsListener,
): HTMLElement | null {
  if (lines.length === 0) return null;
  const more = lines.length - MOST_EVIDENCE;
  return el(
    'details',
    { class: 'evidence' },
    el('summary', {}, `Evidence (${lines.length})`),
    el(
      'ul',
      { class: 'pane-list' },
      ...lines.slice(0, MOST_EVIDENCE).map(({ text, file, line, span }) => {
        const place = file === null ? '' : ` ${file}${line === null ? '' : `:${line}`}`;
        return el(
          'li',
          {},
          span === null
            ? el('code', {}, text)
            : el(
                'button',
                { type: 'button', class: 'link-button', on: { click: () => goToSpan(span) } },
                text,
              ),
          el('span', { class: 'muted' }, place),
        );
      }),
      more > 0 ? el('li', { class: 'muted' }, `and ${more} more`) : null,
    ),
  );
}

function action(
  symbol: 'go-to-file' | 'target',
  label: string,
  title: string,
  click: () => void,
): HTMLElement {
  return el(
    'button',
    { type: 'button', class: 'button secondary', title, on: { click } },
    icon(symbol),
    label,
  );
}
