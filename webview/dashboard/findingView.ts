import { formatSeconds, formatShare } from '../../src/profiler/report/formatNumber.ts';
import type { FindingCard } from '../../src/protocol/chart.ts';
import { icon } from '../shared/icons.ts';
import { button, element } from './element.ts';
import { plainText } from './plainText.ts';

const SEVERITIES = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
} as const;

const MOST_EVIDENCE = 5;

export interface FindingActions {
  readonly openLine: () => void;
  readonly showInChart: (span: number) => void;
}

/** A finding as a card: what it costs, what was expected, what shows it, what to do. */
export function findingView(finding: FindingCard, actions: FindingActions): HTMLElement {
  const { severity, title, kind, expected, actual, cause, fix, evidence, location, spans } =
    finding;
  const [span] = spans;
  const shown = span ?? evidence.find((each) => each.span !== null)?.span ?? null;
  return element(
    'article',
    { class: `finding finding-${severity}` },
    element(
      'h4',
      {},
      element('span', { class: `severity-${severity}` }, icon(severity)),
      ` ${SEVERITIES[severity]}: `,
      element('bdi', { text: plainText(title, 300) }),
    ),
    element('p', { class: 'muted', text: `${kind} · ${costText(finding)}` }),
    element(
      'dl',
      {},
      ...row('Expected', expected),
      ...row('Actual', actual),
      ...row('Cause', cause),
      ...row('Fix', fix),
      ...(location === null ? [] : row('Line', `${location.file}:${location.line}`)),
    ),
    evidence.length === 0 ? null : evidenceList(finding),
    element(
      'div',
      { class: 'actions' },
      location === null && shown === null
        ? null
        : button('Open line', actions.openLine, {
            'aria-label': `Open line of: ${plainText(title, 80)}`,
          }),
      shown === null
        ? null
        : button('Show in chart', () => actions.showInChart(shown), {
            'aria-label': `Show in chart: ${plainText(title, 80)}`,
          }),
    ),
  );
}

function costText({ wastedSeconds, share, count, confidence }: FindingCard): string {
  const parts = [
    wastedSeconds === null ? '' : `${formatSeconds(wastedSeconds)} lost`,
    share === null ? '' : `${formatShare(share)} of the run`,
    count > 1 ? `${count} times` : '',
    `${Math.round(confidence * 100)} % sure`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function row(term: string, text: string): HTMLElement[] {
  if (text === '') return [];
  return [
    element('dt', { text: term }),
    element('dd', { text: plainText(text, 500), attributes: { dir: 'auto' } }),
  ];
}

function evidenceList({ evidence }: FindingCard): HTMLElement {
  const told = new Map(
    evidence.map((each) => {
      const { text, file, line } = each;
      const place = file === null ? '' : `${file}${line === null ? '' : `:${line}`}`;
      return [`${text} ${place}`, { text, place }];
    }),
  );
  const lines = [...told.values()].slice(0, MOST_EVIDENCE).map(({ text, place }) => {
    return element(
      'li',
      {},
      element('code', { text: plainText(text, 300), attributes: { dir: 'auto' } }),
      place === '' ? null : element('span', { class: 'muted', text: ` ${plainText(place, 200)}` }),
    );
  });
  return element(
    'details',
    {},
    element('summary', { text: `Evidence (${told.size})` }),
    element('ul', { class: 'evidence' }, ...lines),
  );
}
