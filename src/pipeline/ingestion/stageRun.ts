import { ATTRIBUTE, stageSpanName, UNIT_SPAN_NAME } from '../../profiler/model/attributeNames.ts';
import type { WorkEntry } from '../../profiler/model/workBook.ts';
import type { CodeLocation } from '../../profiler/recorder/codeLocation.ts';
import type { RecordedSpan } from '../../profiler/recorder/recordedSpan.ts';
import type { StageId } from '../../protocol/stage.ts';
import { CancelledError } from '../earshotError.ts';
import type { PoolAnswer, Priority } from '../inference/inferencePool.ts';
import type { InferenceTask } from '../inference/tasks.ts';
import type { VideoWork } from './videoWork.ts';
import { recordLoads } from './warmUp.ts';

/** What a unit is about, for its span. */
export interface UnitFacts {
  readonly audioSeconds?: number;
  readonly items: number;
  readonly batchSize?: number;
}

/**
 * One stage of one ingest: its stored units and artefact, its span, its account of work.
 *
 * A unit that is stored is never done again under the same key; what is done is committed before the next step.
 */
export class StageRun {
  readonly stage: StageId;
  /** Whether the stage was finished under this key before this run began. */
  readonly cached: boolean;
  readonly #work: VideoWork;
  readonly #code: CodeLocation;
  readonly #artefact: string | null;
  readonly #settled = new Map<string, Uint8Array>();
  #span: RecordedSpan | null = null;

  constructor(work: VideoWork, stage: StageId, key: string, code: CodeLocation) {
    this.stage = stage;
    this.#work = work;
    this.#code = code;
    const row = work.library.stages.get(work.videoId, stage);
    this.cached = row?.key === key && row.done;
    this.#artefact = this.cached ? (row?.artefact ?? null) : null;
    if (!this.cached) work.library.stages.begin(work.videoId, stage, key);
  }

  /** What the stage made when it was done before. */
  get artefact(): string {
    if (this.#artefact === null) throw new Error(`The stage ${this.stage} has made nothing yet.`);
    return this.#artefact;
  }

  /** Begins the stage, once; its first unit does so by itself. */
  begin(): RecordedSpan {
    if (!this.#span) {
      this.#span = this.#work.recorder.startSpan(stageSpanName(this.stage), {
        code: this.#code,
        parent: this.#work.recorder.root,
        track: 'stages',
        attributes: { [ATTRIBUTE.stage]: this.stage },
      });
      if (!this.cached) {
        this.#work.library.videos.update(
          this.#work.videoId,
          { stage: this.stage },
          new Date().toISOString(),
        );
        this.#work.progress.state(this.stage, 'running');
      }
    }
    return this.#span;
  }

  /**
   * Gives a unit's stored payload, or makes it in an inference process and commits it.
   *
   * @param encode what is stored of the answer
   * @throws CancelledError, and what the inference process failed with
   */
  async unit<T extends InferenceTask>(
    unit: string,
    task: () => T,
    priority: Priority,
    facts: UnitFacts,
    encode: (answer: PoolAnswer<T['type']>) => Uint8Array | Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    this.#stopIfCancelled();
    const stored = this.#work.library.stages.unit(this.#work.videoId, this.stage, unit);
    if (stored) return stored;
    this.begin();
    const answer = await this.ask(unit, task(), priority, facts);
    const payload = await encode(answer);
    this.#stopIfCancelled();
    this.#commit(unit, payload);
    return payload;
  }

  /**
   * Takes what became of a unit whose processes crashed, to be committed when the stage ends: a run that is taken up again
   * before that tries it anew, and one after that finds every unit, since there may be no audio to make it from.
   */
  settle(unit: string, payload: Uint8Array): Uint8Array {
    this.#settled.set(unit, payload);
    return payload;
  }

  #stopIfCancelled(): void {
    if (this.#work.signal.aborted) throw new CancelledError();
  }

  #commit(unit: string, payload: Uint8Array): void {
    this.#work.library.stages.putUnit(this.#work.videoId, this.stage, unit, payload);
    this.begin().addEvent('unit.committed', { [ATTRIBUTE.unit]: unit });
  }

  /** Runs a task in an inference process and records it as a unit's span. */
  async ask<T extends InferenceTask>(
    unit: string,
    task: T,
    priority: Priority,
    facts: UnitFacts,
  ): Promise<PoolAnswer<T['type']>> {
    const { recorder, pool, signal } = this.#work;
    const answer = await pool.run(task, priority, signal);
    recordLoads(recorder, answer.timing.loads, answer.process, this.#code);
    recorder.recordSpan({
      name: UNIT_SPAN_NAME,
      code: this.#code,
      parent: this.begin(),
      track: `inference ${answer.process + 1}`,
      startNs: answer.timing.startNs,
      endNs: answer.timing.endNs,
      attributes: {
        [ATTRIBUTE.unit]: unit,
        [ATTRIBUTE.cpuSeconds]: answer.timing.cpuSeconds,
        [ATTRIBUTE.items]: facts.items,
        ...(facts.audioSeconds === undefined
          ? {}
          : { [ATTRIBUTE.audioSeconds]: facts.audioSeconds }),
        ...(facts.batchSize === undefined ? {} : { [ATTRIBUTE.batchSize]: facts.batchSize }),
      },
    });
    return answer;
  }

  /** Adds to the stage's account of work. */
  account(entry: WorkEntry): void {
    this.#work.recorder.work(this.stage, { deviceAsked: 'cpu', deviceUsed: 'cpu', ...entry });
  }

  /** Ends the stage; what it made is kept as `artefact`. */
  finish(artefact = '{}'): void {
    const span = this.begin();
    for (const [unit, payload] of this.#settled) this.#commit(unit, payload);
    if (this.cached) span.setState('cached');
    else this.#work.library.stages.finish(this.#work.videoId, this.stage, artefact);
    span.end();
    this.#work.progress.state(this.stage, this.cached ? 'cached' : 'done');
  }

  /** Ends the span of a stage that did not end well. */
  fail(error: unknown): void {
    if (!this.#span) return;
    this.#span.fail(error);
    this.#span.end();
    if (!(error instanceof CancelledError)) this.#work.progress.state(this.stage, 'failed');
  }
}
