import type { IngestEvent } from '../../protocol/ingest.ts';
import { STAGE_IDS, STAGE_TITLES, type StageId } from '../../protocol/stage.ts';
import { formatPercent, formatTime } from '../platform/formatTime.ts';

type Progress = Extract<IngestEvent, { type: 'progress' }>;

/** What to show of an ingest, from its events. Stages overlap: the one is named that the others will wait for. */
export class ProgressText {
  readonly #running = new Set<StageId>();
  readonly #latest = new Map<StageId, Progress>();
  #prefix = '';
  #fraction = 0;

  /** Hears an event; true where the text may have changed. */
  hear(event: IngestEvent): boolean {
    switch (event.type) {
      case 'started':
        this.#running.clear();
        this.#latest.clear();
        this.#fraction = 0;
        return true;
      case 'stage':
        if (event.state === 'running') this.#running.add(event.stage);
        else this.#running.delete(event.stage);
        return true;
      case 'progress':
        this.#latest.set(event.stage, event);
        // An estimate may fall when more work is found; a bar that goes back only confuses.
        this.#fraction = Math.max(this.#fraction, event.overallFraction ?? 0);
        return true;
      case 'playlist': {
        const current = Math.min(event.entries, event.done + event.failed + 1);
        this.#prefix = `${current} of ${event.entries}: `;
        return true;
      }
      default:
        return false;
    }
  }

  /** Share of the whole ingest that is done, 0..1; never falls within a video. */
  get fraction(): number {
    return this.#fraction;
  }

  /** The running stage that has come least far; the first of several. */
  #slowest(): StageId | undefined {
    const share = (id: StageId): number => this.#latest.get(id)?.fraction ?? 0;
    return STAGE_IDS.filter((id) => this.#running.has(id)).sort((a, b) => share(a) - share(b))[0];
  }

  /** `Recognise speech 42 % · 1:10 left · 42× real time`. */
  get text(): string {
    const stage = this.#slowest();
    if (stage === undefined) return `${this.#prefix}Preparing`;
    const progress = this.#latest.get(stage);
    const share = progress?.fraction == null ? '' : ` ${formatPercent(progress.fraction)}`;
    const parts = [STAGE_TITLES[stage] + share];
    const etaSeconds = progress?.overallEtaSeconds ?? progress?.etaSeconds;
    if (etaSeconds != null) parts.push(`${formatTime(Math.ceil(etaSeconds))} left`);
    if (progress?.speed != null) parts.push(progress.speed);
    return this.#prefix + parts.join(' · ');
  }
}
