import type { IngestEvent } from '../../src/protocol/ingest.ts';
import { STAGE_IDS, type StageId, type StageState } from '../../src/protocol/stage.ts';

/** A stage of an ingest that goes on. */
export interface LiveStage {
  readonly stage: StageId;
  readonly state: StageState;
  readonly fraction: number | null;
  readonly speed: string | null;
  readonly etaSeconds: number | null;
}

/** An ingest that goes on, or how it ended. */
export interface LiveIngest {
  readonly id: string;
  readonly title: string;
  readonly stages: readonly LiveStage[];
  readonly fraction: number | null;
  readonly etaSeconds: number | null;
  readonly notice: string | null;
  readonly end: { readonly how: 'done' | 'failed' | 'cancelled'; readonly text: string } | null;
}

function begun(id: string, title: string): LiveIngest {
  const stages = STAGE_IDS.map((stage) => ({
    stage,
    state: 'waiting' as const,
    fraction: null,
    speed: null,
    etaSeconds: null,
  }));
  return { id, title, stages, fraction: null, etaSeconds: null, notice: null, end: null };
}

/** What is known of a live ingest after an event. Null while nothing has begun. */
export function afterEvent(live: LiveIngest | null, event: IngestEvent): LiveIngest | null {
  if (event.type === 'started') return begun(event.id, event.title);
  if (event.type === 'playlist') return live;
  // The page may have been opened while the ingest was going on.
  const { id } = event;
  const known = live !== null && (id === null || live.id === id) ? live : begun(id ?? '', '');
  switch (event.type) {
    case 'stage': {
      const { state } = event;
      const over = state === 'running' ? {} : { speed: null, etaSeconds: null };
      return withStage(known, event.stage, { state, ...over });
    }
    case 'progress': {
      const { stage, fraction, speed, etaSeconds, overallFraction, overallEtaSeconds } = event;
      const changed = withStage(known, stage, { state: 'running', fraction, speed, etaSeconds });
      return { ...changed, fraction: overallFraction, etaSeconds: overallEtaSeconds };
    }
    case 'notice':
      return live === null ? null : { ...live, notice: event.message };
    case 'result':
      return {
        ...known,
        title: event.transcript.title,
        fraction: 1,
        etaSeconds: null,
        end: { how: 'done', text: event.cached ? 'Nothing had to be done.' : 'Done.' },
      };
    case 'failed':
      return {
        ...known,
        end: { how: 'failed', text: `${event.error.message} ${event.error.action}`.trim() },
      };
    case 'cancelled':
      return { ...known, end: { how: 'cancelled', text: 'Cancelled. What was finished is kept.' } };
  }
}

function withStage(live: LiveIngest, stage: StageId, changes: Partial<LiveStage>): LiveIngest {
  const stages = live.stages.map((each) => (each.stage === stage ? { ...each, ...changes } : each));
  return { ...live, stages };
}
