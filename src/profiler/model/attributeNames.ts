/**
 * The names by which the pipeline, the importers and the reports understand one another. The `code.*` names are the
 * stable ones of OpenTelemetry's semantic conventions (1.33.0); those under `earshot.` are ours and hold for anybody's
 * spans that carry them.
 */
export const ATTRIBUTE = {
  /** Fully qualified function (string). Kept as the span's source reference, not as an attribute. */
  codeFunction: 'code.function.name',
  /** Source file, relative to the project (string). Kept as the source reference. */
  codeFile: 'code.file.path',
  /** Line from 1 (int). Kept as the source reference. */
  codeLine: 'code.line.number',
  /** Column from 1 (int). Kept as the source reference. */
  codeColumn: 'code.column.number',
  /** The command line of a program, secrets masked (string). On the root of a launched command. */
  commandLine: 'process.command_line',
  /** Track the span lies on (string). Kept as the track; without it a span lies on its parent's track. */
  track: 'earshot.track',
  /** Kind of that track: process, thread or resource (string). Kept as the track's kind. */
  trackKind: 'earshot.track.kind',
  /** Stage id (string). On a stage span; spans below it belong to the stage without it. */
  stage: 'earshot.stage',
  /** Unit of work (string: its id, such as a clip range). Marks a span as one unit of its stage. */
  unit: 'earshot.unit',
  /** What became of the stage: one of STAGE_STATES (string). On a stage span. */
  state: 'earshot.state',
  /** Seconds of audio that the span's work covered (double). On the root: the length of the whole input. */
  audioSeconds: 'earshot.audio_seconds',
  /** CPU seconds that the span used, over all threads (double). */
  cpuSeconds: 'earshot.cpu_seconds',
  /** Items that the span worked on (int). */
  items: 'earshot.items',
  /** Items in one batch (int). */
  batchSize: 'earshot.batch_size',
  /** Key of the resource that the span loads: `audio:…`, `model:…` (string). Marks a load span. */
  resource: 'earshot.resource',
  /** Bytes read or written by the span (int). */
  bytes: 'earshot.bytes',
  /** Why the span waited: a lock's or queue's name (string). Marks a wait span. */
  wait: 'earshot.wait',
  /** Log that the span was read from (string). */
  logFile: 'log.file.path',
  /** Line of that log, from 1 (int). */
  logLine: 'log.file.line',
  /** How a measured execution relates to the others of its benchmark: one of REPLICATES (string). */
  replicate: 'earshot.replicate',
  /** What a sampler says of a frame: `JIT-compiled`, `inlined`, `kernel`, … (string). */
  frameType: 'earshot.frame.type',
  /** Own weight of a node in the other of two runs that a differential profile compares (double). */
  weightBefore: 'earshot.weight.before',
  /** Calls of a function, all recursions counted (int). */
  calls: 'earshot.calls',
  /** Iterations of which a benchmark's execution gives the mean: its span is as long as one of them (int). */
  iterations: 'earshot.iterations',
  /** Names of the counters of the span's track whose values are better when they are higher (strings). */
  higherIsBetter: 'earshot.higher_is_better',
} as const;

/**
 * Values of `earshot.replicate`. `independent`: an execution in a process of its own. `same-process`: a round inside one
 * process, which shares its state with the other rounds and is no replicate to a statistical test.
 */
export const REPLICATES = { independent: 'independent', sameProcess: 'same-process' } as const;

/** What can become of a stage. `partial`: ended early, cancelled or still running. */
export const STAGE_STATES = ['done', 'cached', 'failed', 'skipped', 'partial'] as const;

export type StageState = (typeof STAGE_STATES)[number];

/** Name of a span that is one unit of work. */
export const UNIT_SPAN_NAME = 'unit';

/** Beginning of the names of stage spans. */
export const STAGE_SPAN_PREFIX = 'stage:';

/** Name of the span of a stage: a child of the run's root. */
export function stageSpanName(stage: string): string {
  return STAGE_SPAN_PREFIX + stage;
}

/** Stage ids of Earshot's own pipeline, in the order in which a source passes them. */
export const STAGE = {
  download: 'download',
  decode: 'decode',
  segment: 'segment',
  voice: 'voice',
  recognise: 'recognise',
  diarise: 'diarise',
  embed: 'embed',
  publish: 'publish',
} as const;

/** Names of the counters that reports and targets look for. Memory in bytes, over the whole process tree. */
export const COUNTER = { treeMemory: 'earshot.memory.tree', treeCpu: 'earshot.cpu.tree' } as const;

/** Names of the ledgers that reports and targets look for. */
export const LEDGER = {
  /** Seconds of audio: transcribed, dropped, non-speech. */
  audio: 'audio',
  /** Segments by the class of their voice embedding. */
  voiceEmbedding: 'voice-embedding',
} as const;

/** Buckets of the voice-embedding ledger. */
export const EMBEDDING_CLASS = {
  own: 'own',
  widened: 'widened',
  borrowed: 'borrowed',
  none: 'none',
} as const;

/** Beginnings of resource keys. */
export const RESOURCE = { audio: 'audio:', model: 'model:', file: 'file:' } as const;
