import { describe, expect, it } from 'vitest';
import { STAGE } from '../../../../src/profiler/model/attributeNames.ts';
import { lengthOutside, unionLength } from '../../../../src/profiler/report/intervals.ts';
import { stageTable } from '../../../../src/profiler/report/stageTable.ts';
import { evaluateTargets } from '../../../../src/profiler/report/targets.ts';
import { reportRun } from './reportRun.ts';

const whole = [
  { stage: STAGE.download, from: 0, to: 50 },
  { stage: STAGE.decode, from: 45, to: 60 },
  { stage: STAGE.voice, from: 60, to: 75 },
  { stage: STAGE.diarise, from: 75, to: 80 },
  {
    stage: STAGE.embed,
    from: 55,
    to: 100,
    units: [
      [60, 61],
      [60.5, 62],
      [90, 91],
    ],
  },
] as const;

describe('stageTable', () => {
  it('tells busy from elapsed time and puts work beside it', () => {
    const row = stageTable(reportRun(whole)).find(({ stage }) => stage === STAGE.embed);
    expect(row).toMatchObject({
      state: 'done',
      busySeconds: 3,
      elapsedSeconds: 45,
      cpuSeconds: 1.75,
      realTimeFactor: 0.003,
      throughput: 94,
      unit: 'texts',
      items: { in: 300, out: 282, dropped: { 'too | short': 18 } },
      coverage: 0.94,
      audioSeconds: 1000,
      batchSize: 32,
      deviceAsked: 'cuda:0',
      deviceUsed: 'cpu',
    });
  });

  it('gives stages in the order in which they began', () => {
    const stages = stageTable(reportRun(whole)).map(({ stage }) => stage);
    expect(stages).toEqual(['download', 'decode', 'embed', 'voice', 'diarise']);
  });

  it.each([
    ['cached', { state: 'cached' }],
    ['skipped', { state: 'skipped' }],
    ['failed', { status: 2 }],
    ['partial', { status: 3 }],
    ['done', {}],
  ] as const)('says that a stage was %s', (state, plan) => {
    const run = reportRun([{ stage: 'speech', from: 1, to: 2, ...plan }]);
    expect(stageTable(run)[0]).toMatchObject({ stage: 'speech', state });
  });
});

describe('intervals', () => {
  it('unite and subtract', () => {
    expect(
      unionLength([
        [5, 7],
        [0, 2],
        [1, 3],
        [4, 4],
      ]),
    ).toBe(5);
    expect(
      lengthOutside(
        [[0, 10]],
        [
          [2, 3],
          [8, 12],
        ],
      ),
    ).toBe(7);
  });
});

describe('evaluateTargets', () => {
  const resultsOf = (run: ReturnType<typeof reportRun>) =>
    Object.fromEntries(evaluateTargets(run).map(({ name, actual, met }) => [name, [actual, met]]));

  it('measures what the run can tell', () => {
    expect(resultsOf(reportRun(whole))).toEqual({
      'real-time-factor': [0.055, false],
      'audio-hours-per-hour': [expect.closeTo(1 / 0.055, 9), false],
      'text-embeddings-per-second': [94, false],
      'voice-coverage': [expect.closeTo(0.34, 3), false],
      'voice-embedding-seconds-per-audio-hour': [72, false],
      'audio-loads': [43, false],
      'peak-memory': [2e9, false],
    });
  });

  it('says nothing of the speed of a run that did not do all the work', () => {
    const run = reportRun([...whole, { stage: 'speech', from: 2, to: 3, state: 'cached' }]);
    expect(resultsOf(run)['real-time-factor']).toEqual([null, null]);
    expect(resultsOf({ ...reportRun(whole), status: 'failed' })['real-time-factor']).toEqual([
      null,
      null,
    ]);
  });

  it('leaves unknown targets open', () => {
    const target = { name: 'x', title: 'X', limit: 1, direction: 'at-most', unit: 's' } as const;
    expect(evaluateTargets(reportRun([]), [target])).toEqual([
      { ...target, actual: null, met: null },
    ]);
  });
});
