import type { Run } from '../../profiler/model/run.ts';
import { stageTable } from '../../profiler/report/stageTable.ts';
import {
  STAGE_IDS,
  type StageId,
  type StageState,
  type StageSummary,
} from '../../protocol/stage.ts';

const NOTHING = {
  busySeconds: 0,
  elapsedSeconds: 0,
  realTimeFactor: null,
  throughput: null,
  unit: '',
  itemsIn: 0,
  itemsOut: 0,
  dropped: {},
  loads: {},
} as const;

/** What each stage of a run did, in the order of the stages; one that did not run is `cached` or `skipped`. */
export function stageSummaries(run: Run, states: ReadonlyMap<StageId, StageState>): StageSummary[] {
  const rows = new Map(stageTable(run).map((row) => [row.stage, row]));
  return STAGE_IDS.map((stage): StageSummary => {
    const row = rows.get(stage);
    const state = states.get(stage) ?? 'skipped';
    if (!row) return { stage, state, ...NOTHING };
    return {
      stage,
      state,
      busySeconds: row.busySeconds ?? 0,
      elapsedSeconds: row.elapsedSeconds ?? 0,
      realTimeFactor: row.realTimeFactor,
      throughput: row.throughput,
      unit: row.unit,
      itemsIn: row.items.in,
      itemsOut: row.items.out,
      dropped: { ...row.items.dropped },
      loads: { ...row.loads },
    };
  });
}
