import type { LoadedConfig } from './loadConfig.ts';

/** Begins the names of targets for the stages of any program: `stage:embed` is the most seconds of its stage `embed`. */
const STAGE_TARGET = 'stage:';

/** Whether a target is one for a stage of any program. */
export function isStageTarget(name: string): boolean {
  return name.startsWith(STAGE_TARGET) && name.length > STAGE_TARGET.length;
}

/** The most seconds by stage that a project's configuration allows. */
export function stageLimits(config: LoadedConfig | null): ReadonlyMap<string, number> {
  const limits = new Map<string, number>();
  for (const [name, limit] of Object.entries(config?.config.targets ?? {})) {
    if (!isStageTarget(name)) continue;
    limits.set(name.slice(STAGE_TARGET.length), typeof limit === 'number' ? limit : limit.limit);
  }
  return limits;
}
