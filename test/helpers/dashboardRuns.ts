import { ATTRIBUTE, LEDGER, stageSpanName } from '../../src/profiler/model/attributeNames.ts';
import type { Run } from '../../src/profiler/model/run.ts';
import { RunBuilder } from '../../src/profiler/model/runBuilder.ts';
import { encodeRun } from '../../src/profiler/model/runCodec.ts';
import type { IngestResult } from '../../src/protocol/ingest.ts';
import type { EmbeddingClass } from '../../src/protocol/transcript.ts';
import type { Library } from '../../src/store/library.ts';

/** What an ingest came to. */
export interface IngestPlan {
  readonly id: string;
  readonly name?: string;
  /** Seconds by stage, one after the other. */
  readonly stages: Readonly<Record<string, number>>;
  /** Stages that were taken over. */
  readonly reused?: readonly string[];
  readonly audioSeconds?: number;
  /** Segments by the class of their voice embedding. */
  readonly voices?: Partial<Record<EmbeddingClass, number>>;
  readonly texts?: number;
  readonly loads?: number;
  readonly startMs?: number;
  readonly status?: Run['status'];
  /** Of the recording: runs of another one are not compared. */
  readonly inputHash?: string;
}

const S = 1e9;
/** 23 November 2026. */
const FIRST_MS = 1_795_392_000_000;

/** A run as the pipeline records it. */
export function ingestRun(plan: IngestPlan): Run {
  const { id, stages, reused = [], audioSeconds = 600, startMs = FIRST_MS } = plan;
  const builder = new RunBuilder({
    id,
    name: plan.name ?? 'talk',
    kind: 'ingest',
    epochNs: BigInt(startMs) * 1_000_000n,
    environment: { machine: 'm', cpu: 'c', cores: 2, inputHash: plan.inputHash ?? 'h' },
    provenance: { client: 'earshot', version: '1', format: 'recorder' },
  });
  const track = builder.track('main', 'thread');
  const whole = Object.values(stages).reduce((sum, seconds) => sum + seconds, 0);
  const root = builder.addSpan({
    name: plan.name ?? 'talk',
    startNs: 0,
    durationNs: whole * S,
    track,
    parent: null,
    attributes: { [ATTRIBUTE.audioSeconds]: audioSeconds },
  });
  let at = 0;
  for (const [stage, seconds] of Object.entries(stages)) {
    builder.addSpan({
      name: stageSpanName(stage),
      startNs: at,
      durationNs: seconds * S,
      track,
      parent: root,
      attributes: {
        [ATTRIBUTE.stage]: stage,
        [ATTRIBUTE.state]: reused.includes(stage) ? 'cached' : 'done',
      },
    });
    at += seconds * S;
  }
  const { texts = 100, loads = 1, voices = { own: 100 } } = plan;
  if ('embed' in stages && !reused.includes('embed')) {
    builder.addWork('embed', { unit: 'texts', itemsIn: texts, itemsOut: texts });
  }
  if (loads > 0) builder.addWork('decode', { loads: { 'audio:talk': loads } });
  const total = Object.values(voices).reduce((sum, count) => sum + count, 0);
  builder.addLedger({
    name: LEDGER.voiceEmbedding,
    unit: 'segments',
    total,
    buckets: Object.entries(voices).map(([name, amount]) => ({ name, amount })),
  });
  return builder.finish({ status: plan.status ?? 'done' });
}

/** Puts a video with ingests into a library, the oldest first. */
export function putIngests(library: Library, videoId: string, plans: readonly IngestPlan[]): void {
  const title = plans[0]?.name ?? 'talk';
  library.database
    .prepare(
      `INSERT INTO videos (id, source, title, state, created_at, updated_at)
       VALUES (?, ?, ?, 'ready', '2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z')`,
    )
    .run(videoId, `/media/${videoId}.mp3`, title);
  plans.forEach((plan, i) => {
    const startMs = plan.startMs ?? FIRST_MS + i * 86_400_000;
    const run = ingestRun({ ...plan, startMs });
    library.runs.put({
      id: run.id,
      videoId,
      kind: 'ingest',
      name: title,
      status: run.status,
      startedAt: new Date(startMs).toISOString(),
      run: Buffer.from(encodeRun(run)),
    });
  });
}

/** Publishes a transcript of a video, a segment of two seconds for each class, with a second between them. */
export function putTranscript(
  library: Library,
  videoId: string,
  runId: string,
  classes: readonly EmbeddingClass[],
  text: (i: number) => string = (i) => `Sentence ${i}.`,
): void {
  const result: IngestResult = {
    type: 'result',
    id: videoId,
    runId,
    transcript: {
      title: 'talk',
      source: `/media/${videoId}.mp3`,
      segments: classes.map((embedding, i) => ({
        start: i * 3,
        end: i * 3 + 2,
        speaker: 'Speaker 1',
        text: text(i),
        confidence: 0.9,
        embedding,
      })),
      speakers: [],
      language: 'en',
      languageWarning: null,
      durationSeconds: classes.length * 3,
      chapters: [],
      turns: [{ start: 0, end: 2.5, speaker: 'Speaker 1' }],
    },
    ledger: {
      audio: { unit: 'seconds', total: 0, buckets: [] },
      embeddings: { unit: 'segments', total: 0, buckets: [] },
    },
    stages: [],
    wallSeconds: 1,
    realTimeFactor: 0.02,
    cached: false,
  };
  library.publications.publish(
    {
      videoId,
      runId,
      result: () => JSON.stringify(result),
      segments: [],
      speakers: [],
    },
    () => undefined,
  );
}
