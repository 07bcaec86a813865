import { describe, expect, it } from 'vitest';
import { GateRecord } from '../../../../src/extension/gates/gateRecord.ts';
import { gateLines, tellingVerdicts } from '../../../../src/extension/gates/gateText.ts';
import { formatPercentChange } from '../../../../src/extension/platform/formatChange.ts';

const verdict = (more: object): object => ({
  stage: 'embed',
  metric: 'seconds',
  verdict: 'slower',
  ratio: 1.31,
  interval: [1.24, 1.38],
  n: [7, 7],
  p: 0.000291,
  smallestVisible: 1.12,
  tier: 2,
  reason: 'It takes longer.',
  ...more,
});
const record = (...verdicts: object[]): GateRecord =>
  GateRecord.parse({
    type: 'result',
    command: 'gate',
    name: 'job',
    result: 'regression',
    partial: false,
    why: 'Decided.',
    runs: [7, 7],
    verdicts,
    baseline: { label: 'main', runIds: [] },
    head: { label: 'working tree', runIds: [] },
    more: 'keys are allowed',
  });

describe('gateLines', () => {
  it('tells effect, interval, n, p and what could have been seen', () => {
    expect(gateLines(record(verdict({}))).join('\n')).toBe(
      [
        'Regression in job',
        'A main',
        'B working tree',
        '7 v 7 runs. Decided.',
        '',
        'embed: seconds  +31 % (+24 % … +38 %)  slower  7 v 7  p 0.00029  sees +12 %',
      ].join('\n'),
    );
  });

  it('leaves out what did not change and is no time, and puts the worst first', () => {
    const told = tellingVerdicts(
      record(
        verdict({ verdict: 'same' }),
        verdict({ metric: 'loads', tier: 0, verdict: 'same' }),
        verdict({ metric: 'loads', tier: 0, verdict: 'slower', ratio: 43 }),
        verdict({ metric: 'cpu-seconds', verdict: 'inconclusive' }),
      ),
    );
    expect(told.map(({ metric, verdict: word }) => `${metric} ${word}`)).toEqual([
      'loads slower',
      'seconds same',
    ]);
  });
});

it.each([
  [1.31, '+31 %'],
  [0.958, '−4.2 %'],
  [1, '±0 %'],
  [1.0004, '±0 %'],
  [43, '+4200 %'],
  [null, '–'],
])('shows the ratio %s as %s', (ratio, text) => {
  expect(formatPercentChange(ratio)).toBe(text);
});
