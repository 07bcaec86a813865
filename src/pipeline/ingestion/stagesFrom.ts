import { STAGE_IDS, type StageId } from '../../protocol/stage.ts';

/** All stages from `stage` on. */
export function stagesFrom(stage: StageId): StageId[] {
  return STAGE_IDS.slice(STAGE_IDS.indexOf(stage));
}
