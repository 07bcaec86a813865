import { loadConfig } from '../../pipeline/config/loadConfig.ts';
import { mergeTargets } from '../../pipeline/config/mergeTargets.ts';
import { stageLimits } from '../../pipeline/config/stageTarget.ts';
import { DEFAULT_TARGETS, TARGET_NAMES, type Target } from '../../profiler/report/targets.ts';
import type { StageLimits } from '../../profiler/report/expectedSeconds.ts';
import type { WorkerOptions } from '../../protocol/messages.ts';

/** The limits in force, from the project's file and the person's settings. */
export interface CurrentDemands {
  readonly targets: readonly Target[];
  readonly stageLimits: StageLimits;
}

/** Reads what is in force now: the file may have changed since. @throws EarshotError `config.*` */
export function currentDemands({ workspace, targets }: WorkerOptions): CurrentDemands {
  const config = workspace === undefined ? null : loadConfig(workspace, TARGET_NAMES);
  return {
    targets: mergeTargets(DEFAULT_TARGETS, config, targets),
    stageLimits: stageLimits(config),
  };
}
