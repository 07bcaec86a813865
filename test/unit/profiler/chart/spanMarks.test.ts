import { describe, expect, it } from 'vitest';
import { SPAN_FLAG } from '../../../../src/profiler/chart/chartColumns.ts';
import { ChartModel } from '../../../../src/profiler/chart/chartModel.ts';
import { criticalPath } from '../../../../src/profiler/chart/criticalPath.ts';
import { isOver, placedStages } from '../../../../src/profiler/chart/spanMarks.ts';
import type { Finding } from '../../../../src/profiler/diagnosis/finding.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import { SPAN_STATUS } from '../../../../src/profiler/model/spanStatus.ts';
import { breakdownOf } from '../../../../src/profiler/report/breakdown.ts';
import { newBuilder } from '../runFixture.ts';

const S = 1e9;

/** Two stages, the second with two units on a track of their own, and a step that was cut. */
function stagedRun(): Run {
  const builder = newBuilder();
  const main = builder.track('main', 'process');
  const pool = builder.track('pool', 'process');
  const span = (
    name: string,
    start: number,
    seconds: number,
    more: { track?: number; parent?: number; status?: 0 | 1 | 2 | 3 } = {},
  ): number =>
    builder.addSpan({
      ...{ name, startNs: start * S, durationNs: seconds * S, track: more.track ?? main },
      ...{ parent: more.parent ?? null, status: more.status ?? SPAN_STATUS.ok },
    });
  const root = span('ingest', 0, 10);
  span('stage:decode', 0, 2, { parent: root });
  const voice = span('stage:voice', 2, 7, { parent: root });
  for (const start of [2, 5]) span('unit', start, 3, { parent: voice, track: pool });
  span('cut', 9.5, 0.1, { parent: root, status: SPAN_STATUS.open });
  return builder.finish({ status: 'done' });
}

function findingOn(spans: readonly number[]): Finding {
  return {
    ...{ kind: 'idle-wait', severity: 'warning', title: 'It waits.', count: 1 },
    ...{ wastedSeconds: 1, share: 0.1, expected: '', actual: '', evidence: [], cause: '', fix: '' },
    ...{ confidence: 1, refutedBy: '', subject: { spans, texts: [] }, location: null },
  };
}

describe('what an analysis marks in a chart', () => {
  it('are stages over their time, findings, the critical path, and what was cut', () => {
    const run = stagedRun();
    const model = new ChartModel(run);
    expect([...model.flags('time')].filter((flags) => flags !== 0)).toEqual([SPAN_FLAG.open]);
    const breakdown = breakdownOf(run).map(({ stage, seconds }) => ({
      ...{ stage, seconds },
      expectedSeconds: stage === 'voice' ? 5 : stage === 'decode' ? 3 : null,
    }));
    const stages = placedStages(run, breakdown);
    expect(stages.map((stage) => [stage.stage, stage.seconds, isOver(stage)])).toEqual([
      ['voice', 6, true],
      ['decode', 2, false],
    ]);
    model.mark({ findings: [findingOn([0])], stages, critical: criticalPath(run) });
    const flagOf = (name: string): number[] =>
      [...run.spans.nameId.keys()]
        .filter((span) => run.strings[run.spans.nameId[span] ?? 0] === name)
        .map((span) => model.flags('time')[span] ?? 0);
    const { critical, finding, overTarget, open } = SPAN_FLAG;
    expect(flagOf('ingest')).toEqual([critical | finding]);
    expect(flagOf('stage:voice')).toEqual([critical | overTarget]);
    expect(flagOf('unit')).toEqual([critical, critical]);
    expect(flagOf('cut')).toEqual([open | critical]);
    const merged = model.flags('left-heavy').reduce((or, flags) => or | flags, 0);
    expect(merged).toBe(critical | finding | overTarget | open | SPAN_FLAG.merged);
  });

  it('are names of spans where a run declares no stages', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    for (const [i, name] of ['load', 'work', 'load'].entries()) {
      builder.addSpan({ name, startNs: i * S, durationNs: S, track, parent: null });
    }
    const run = builder.finish({ status: 'done' });
    const rows = [
      { stage: 'load', seconds: 2, expectedSeconds: 1 },
      { stage: 'work', seconds: 1, expectedSeconds: null },
      { stage: 'elsewhere', seconds: 1, expectedSeconds: 1 },
    ];
    expect(placedStages(run, rows).map(({ stage, spans }) => [stage, spans])).toEqual([
      ['load', [0, 2]],
      ['work', [1]],
    ]);
  });
});
