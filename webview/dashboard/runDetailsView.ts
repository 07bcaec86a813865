import type { z } from 'zod';
import { formatSeconds } from '../../src/profiler/report/formatNumber.ts';
import type { ChartFigure } from '../../src/protocol/chart.ts';
import type { ChangeVerdict, DashboardRun, GetRunDetails } from '../../src/protocol/runMessages.ts';
import { dataTable } from './dataTable.ts';
import { button, element } from './element.ts';
import { formatAmount } from '../shared/amounts.ts';
import { metLook, targetOf } from './figureText.ts';
import { findingView } from './findingView.ts';
import { type LedgerActions, LedgerPicture } from './ledgerPicture.ts';
import type { PageState } from './pageState.ts';
import { dateText, plainText } from './plainText.ts';
import { signOf } from './sign.ts';
import { runLook, tierText, verdictLook, verdictSentence } from './verdictText.ts';

export type RunDetails = z.output<typeof GetRunDetails.result>;

/** What can be done with a run. */
export interface RunActions extends Omit<LedgerActions, 'opened'> {
  readonly accept: (withdraw: boolean) => void;
  readonly showInChart: (span: number | null) => void;
  readonly openLine: (finding: number) => void;
  readonly openedBucket: (bucket: PageState['bucket']) => void;
}

/** Everything that is said of one run. */
export function runDetailsView(
  details: RunDetails,
  point: DashboardRun,
  bucket: PageState['bucket'],
  actions: RunActions,
): HTMLElement[] {
  const { findings, ledgers, figures, breakdown } = details;
  const pictures = ledgers.map((ledger) => {
    const picture = new LedgerPicture(ledger, {
      ...actions,
      opened: (place) =>
        actions.openedBucket(place === null ? null : { ledger: ledger.name, bucket: place }),
    });
    if (bucket?.ledger === ledger.name && bucket.bucket < ledger.buckets.length) {
      void picture.toggle(bucket.bucket);
    }
    return picture.root;
  });
  return [
    ...runHeader(point, actions),
    findings.length === 0
      ? section(
          'Findings',
          element('p', {}, signOf('✓', 'good'), ' No rule found anything wrong with this run.'),
        )
      : section(
          `Findings (${findings.length})`,
          ...findings.map((finding, i) =>
            findingView(finding, {
              openLine: () => actions.openLine(i),
              showInChart: actions.showInChart,
            }),
          ),
        ),
    ...(pictures.length === 0 ? [] : [section('What was kept and what was lost', ...pictures)]),
    ...(figures.length === 0 ? [] : [section('Targets', figureTable(figures))]),
    ...(breakdown.length === 0 ? [] : [section('Time by stage', breakdownTable(details, point))]),
  ];
}

/** What is known of a run before its details are there: also all that is known where they cannot be read. */
export function runHeader(
  point: DashboardRun,
  actions: Pick<RunActions, 'accept' | 'showInChart'>,
): HTMLElement[] {
  const { name, startedAt, status, seconds, accepted, reused, kind } = point;
  const look = runLook(point);
  const facts = [dateText(startedAt), kind, status, seconds === null ? '' : formatSeconds(seconds)];
  return [
    element('h2', { attributes: { dir: 'auto', tabindex: '-1' }, text: plainText(name) }),
    element('p', { class: 'muted', text: facts.filter((fact) => fact !== '').join(' · ') }),
    ...(look === null && point.verdict === null
      ? [
          element('p', {
            class: 'muted',
            text: 'The first of its kind: there is nothing to hold it against.',
          }),
        ]
      : []),
    ...(point.verdict === null ? [] : [verdictLine(point.verdict)]),
    ...(reused.length === 0
      ? []
      : [
          element('p', {
            class: 'muted',
            text: `Taken over from earlier: ${reused.join(', ')}. Compared with runs that left out the same.`,
          }),
        ]),
    element(
      'div',
      { class: 'actions' },
      button('Show in chart', () => actions.showInChart(null)),
      status !== 'done'
        ? null
        : button(accepted ? 'Take back acceptance' : 'Accept as baseline', () =>
            actions.accept(accepted),
          ),
      accepted ? element('span', { class: 'accepted', text: '★ baseline' }) : null,
    ),
  ];
}

function verdictLine(verdict: ChangeVerdict): HTMLElement {
  const { sign, word, tone } = verdictLook(verdict);
  return element(
    'p',
    { class: 'verdict' },
    signOf(sign, tone),
    ' ',
    element('strong', { text: word }),
    element('span', { class: 'muted', text: ` (${tierText(verdict)}) ` }),
    element('bdi', { text: plainText(verdictSentence(verdict), 400) }),
  );
}

function section(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element('section', { class: 'details' }, element('h3', { text: title }), ...content);
}

function figureTable(figures: readonly ChartFigure[]): HTMLElement {
  return dataTable(
    'Figures against their targets',
    ['Figure', 'Value', 'Target', 'Met'],
    figures.map((figure) => {
      const { sign, word, tone } = metLook(figure);
      return {
        cells: [
          { text: plainText(figure.title, 90) },
          { text: formatAmount(figure.value, figure.unit), class: 'number' },
          { text: targetOf(figure) || '–', class: 'number' },
          { text: word, ...(sign === '' ? {} : { sign: { sign, tone } }) },
        ],
      };
    }),
  );
}

function breakdownTable({ breakdown }: RunDetails, { stages }: DashboardRun): HTMLElement {
  return dataTable(
    'Time by stage',
    ['Stage', 'Took', 'Allowed', 'Change'],
    breakdown.map(({ stage, seconds, expectedSeconds }) => {
      const verdict = stages.find((each) => each.stage === stage)?.verdict ?? null;
      const look = verdict === null ? null : verdictLook(verdict);
      const late = expectedSeconds !== null && seconds > expectedSeconds;
      return {
        cells: [
          { text: plainText(stage, 60) },
          {
            text: formatSeconds(seconds),
            class: 'number',
            ...(late ? { sign: { sign: '✕', tone: 'bad' as const } } : {}),
          },
          { text: formatSeconds(expectedSeconds), class: 'number' },
          look === null
            ? { text: '–' }
            : {
                text: `${look.word}: ${plainText(verdict === null ? '' : verdictSentence(verdict), 160)}`,
                sign: look,
              },
        ],
      };
    }),
  );
}
