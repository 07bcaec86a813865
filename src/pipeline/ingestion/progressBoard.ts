import type { IngestEvent } from '../../protocol/ingest.ts';
import { STAGE_IDS, type StageId, type StageState } from '../../protocol/stage.ts';

/**
 * What each stage costs in seconds of one core per second of audio, measured; only the proportions matter, for a bar
 * that moves evenly. Download is not among them: it depends on the network.
 */
const COST: Readonly<Record<StageId, number>> = {
  download: 0,
  decode: 0.002,
  segment: 0.0045,
  voice: 0.01,
  recognise: 0.015,
  diarise: 0.0003,
  embed: 0.001,
  publish: 0.0002,
};
const LEAST_MILLISECONDS_BETWEEN = 200;
/** Before this share is done the rate says too little for an ETA. */
const LEAST_FRACTION_FOR_ETA = 0.02;

interface StageProgress {
  state: StageState;
  fraction: number | null;
  startedMs: number;
  toldMs: number;
}

/** Turns what the stages say of themselves into events: states, fractions, speeds and honest ETAs. */
export class ProgressBoard {
  readonly #id: string;
  readonly #emit: (event: IngestEvent) => void;
  readonly #now: () => number;
  readonly #stages = new Map<StageId, StageProgress>();
  #startedMs: number | null = null;
  /** Share that was done before this run began to work. */
  #head = 0;

  constructor(id: string, emit: (event: IngestEvent) => void, now: () => number = Date.now) {
    this.#id = id;
    this.#emit = emit;
    this.#now = now;
    for (const stage of STAGE_IDS) {
      this.#stages.set(stage, { state: 'waiting', fraction: null, startedMs: 0, toldMs: 0 });
    }
  }

  state(stage: StageId, state: StageState): void {
    const progress = this.#of(stage);
    if (progress.state === state) return;
    progress.state = state;
    if (state === 'running') progress.startedMs = this.#now();
    if (state === 'done' || state === 'cached') progress.fraction = 1;
    this.#emit({ type: 'stage', id: this.#id, stage, state });
  }

  /** @param speed ready to print */
  advance(stage: StageId, fraction: number | null, speed: string | null): void {
    const now = this.#now();
    const progress = this.#of(stage);
    progress.fraction = fraction;
    this.#startedMs ??= now;
    if (now - progress.toldMs < LEAST_MILLISECONDS_BETWEEN && fraction !== 1) return;
    progress.toldMs = now;
    const overall = this.#overall();
    this.#emit({
      type: 'progress',
      id: this.#id,
      stage,
      fraction,
      etaSeconds: eta(fraction, 0, (now - progress.startedMs) / 1000),
      speed,
      overallFraction: overall,
      overallEtaSeconds: eta(overall, this.#head, (now - this.#startedMs) / 1000),
    });
  }

  /** Takes what is done so far as found, not made: the ETA reckons from here. */
  found(): void {
    this.#head = this.#overall();
    this.#startedMs = this.#now();
  }

  #of(stage: StageId): StageProgress {
    return this.#stages.get(stage) as StageProgress;
  }

  #overall(): number {
    let done = 0;
    let all = 0;
    for (const [stage, { fraction, state }] of this.#stages) {
      if (state === 'skipped') continue;
      all += COST[stage];
      done += COST[stage] * (fraction ?? 0);
    }
    return all === 0 ? 0 : Math.min(1, done / all);
  }
}

function eta(fraction: number | null, head: number, elapsedSeconds: number): number | null {
  if (fraction === null) return null;
  const made = fraction - head;
  if (made < LEAST_FRACTION_FOR_ETA) return null;
  return (elapsedSeconds * (1 - fraction)) / made;
}
