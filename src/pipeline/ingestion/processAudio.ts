import type { Seconds } from '../../profiler/model/units.ts';
import { here } from '../../profiler/recorder/codeLocation.ts';
import type { SpeakerCount } from '../../protocol/ingest.ts';
import type { StageId } from '../../protocol/stage.ts';
import { type AttributedSegment, attributeClips } from '../attribution/attribute.ts';
import type { AudioFeed } from '../audio/audioFeed.ts';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import { type Speakers, tellApart } from '../diarisation/speakers.ts';
import { byFirstAppearance, speakerTurns, type SpeakerTurn } from '../diarisation/timeline.ts';
import { type Clip, planClips } from '../segmentation/clips.ts';
import { voiceFrames } from '../segmentation/turns.ts';
import { LOCAL_SPEAKERS } from '../segmentation/windows.ts';
import { tellSpeakersApart } from '../stages/diariseStage.ts';
import { embedUnit } from '../stages/embedStage.ts';
import { recogniseClips, type RecognisedText } from '../stages/recogniseStage.ts';
import { segmentAudio } from '../stages/segmentStage.ts';
import { type EmbeddedPiece, embedVoices } from '../stages/voiceStage.ts';
import { type Chunk, ChunkPlanner } from './chunkPlanner.ts';
import { formatRealTime } from './speedText.ts';
import { StageRun } from './stageRun.ts';
import type { VideoWork } from './videoWork.ts';

/** What comes out of the audio: everything a transcript is made of. */
export interface SpokenContent {
  readonly audioSeconds: Seconds;
  readonly segments: readonly AttributedSegment[];
  /** One vector a segment. */
  readonly meanings: readonly Float32Array[];
  readonly centroids: readonly Float32Array[];
  readonly turns: readonly SpeakerTurn[];
  /** Every stretch that was found to be speech, and what became of it. */
  readonly speech: readonly SpeechStretch[];
}

export interface SpeechStretch {
  readonly start: Seconds;
  readonly end: Seconds;
  /** Why its speech is not in the transcript; null where it is. */
  readonly lost: string | null;
}

/** What a chunk gave. */
interface ChunkContent {
  readonly clips: readonly Clip[];
  readonly texts: readonly RecognisedText[];
  readonly meanings: ReadonlyMap<number, Float32Array>;
  readonly pieces: readonly EmbeddedPiece[];
}

/** Says that a stage has done a share (0..1) of a chunk. */
type Advance = (stage: 'voice' | 'recognise' | 'embed', chunk: Chunk, share: number) => void;

/** Finding voices within a chunk: rather one too many than two in one clip, so small clusters count. */
const CHUNK_SPEAKERS = { linkageCosine: 0.38, seedSeconds: 1, smallestClusterSeconds: 1.5 };

/**
 * Takes audio through all stages from segmentation to text embeddings, chunk by chunk while it still grows: the voices of
 * a chunk are embedded, its clips cut where voices change, recognised, and their texts embedded.
 */
export async function processAudio(
  work: VideoWork,
  keys: Readonly<Record<Exclude<StageId, 'download'>, string>>,
  feed: AudioFeed,
  speakers: SpeakerCount | null,
): Promise<SpokenContent> {
  const stages = {
    segment: new StageRun(work, 'segment', keys.segment, here('segmentAudio')),
    voice: new StageRun(work, 'voice', keys.voice, here('embedVoices')),
    recognise: new StageRun(work, 'recognise', keys.recognise, here('recogniseClips')),
    embed: new StageRun(work, 'embed', keys.embed, here('embedUnit')),
    diarise: new StageRun(work, 'diarise', keys.diarise, here('tellSpeakersApart')),
  };
  try {
    const planner = new ChunkPlanner(feed);
    const done = { voice: 0, recognise: 0, embed: 0 };
    const startedMs = Date.now();
    const advance: Advance = (stage, chunk, share) => {
      done[stage] += (chunk.endSeconds - chunk.startSeconds) * share;
      if (stages[stage].cached) return;
      const total = feed.complete ? feed.samples / SAMPLE_RATE : null;
      const speed = formatRealTime(done[stage], (Date.now() - startedMs) / 1000);
      work.progress.advance(stage, total && Math.min(1, done[stage] / total), speed);
    };
    const contents: Promise<ChunkContent>[] = [];
    let windows = 0;
    let failures = 0;
    for await (const window of segmentAudio(work, stages.segment, feed)) {
      // Hours of audio may be left when the first chunk fails.
      if (failures > 0) await Promise.all(contents);
      windows = window.index + 1;
      for (const chunk of planner.add(window)) {
        const content = processChunk(stages, planner, chunk, feed, advance);
        // Awaited below, in order; a failure before that must not count as unhandled.
        content.catch(() => {
          failures += 1;
        });
        contents.push(content);
      }
    }
    stages.segment.finish();
    const chunks = await Promise.all(contents);
    stages.voice.finish();
    stages.recognise.finish();
    const audioSeconds = feed.samples / SAMPLE_RATE;
    const pieces = chunks.flatMap((chunk) => chunk.pieces);
    const found = await tellSpeakersApart(stages.diarise, pieces, speakers);
    stages.diarise.finish();
    const result = await attribute(stages.embed, chunks, pieces, found, windows, audioSeconds);
    stages.embed.finish();
    return { audioSeconds, speech: speechOf(chunks), ...result };
  } catch (error) {
    for (const stage of Object.values(stages)) stage.fail(error);
    throw error;
  }
}

async function processChunk(
  stages: Readonly<Record<'voice' | 'recognise' | 'embed', StageRun>>,
  planner: ChunkPlanner,
  chunk: Chunk,
  feed: AudioFeed,
  advance: Advance,
): Promise<ChunkContent> {
  const { axis } = planner;
  const { path } = feed;
  const pieces = await embedVoices(stages.voice, axis, chunk, path, chunk.endSeconds, (share) => {
    advance('voice', chunk, share);
  });
  const local = tellApart(
    pieces.map((piece) => ({ ...piece, group: piece.window * LOCAL_SPEAKERS + piece.local })),
    null,
    CHUNK_SPEAKERS,
  );
  const turns = speakerTurns(pieces, local.speakerOf, chunk.windows, chunk.endSeconds);
  const voices = voiceFrames(axis, chunk.first, chunk.end, turns);
  const clips = planClips(axis, chunk.runs, voices, chunk.endSeconds);
  const texts = await recogniseClips(stages.recognise, axis, chunk.index, clips, path, (share) => {
    advance('recognise', chunk, share);
  });
  const spoken = texts.flatMap((text, i) => (text.lost === null ? [i] : []));
  const vectors = await embedUnit(
    stages.embed,
    String(chunk.index),
    spoken.map((i) => texts[i]?.text ?? ''),
  );
  advance('embed', chunk, 1);
  const meanings = new Map(spoken.map((clip, i) => [clip, vectors[i] as Float32Array]));
  return { clips, texts, meanings, pieces };
}

async function attribute(
  embed: StageRun,
  chunks: readonly ChunkContent[],
  pieces: readonly EmbeddedPiece[],
  found: Speakers,
  windows: number,
  audioSeconds: Seconds,
) {
  const raw = speakerTurns(pieces, found.speakerOf, windows, audioSeconds);
  const { turns, renumbered } = byFirstAppearance(raw, found.centroids.length);
  const spoken = pieces.map((piece, i) => ({
    vector: piece.vector,
    speaker: renumbered[found.speakerOf[i] as number] as number,
    maskSeconds: piece.maskSeconds,
  }));
  const offsets: number[] = [];
  let offset = 0;
  for (const chunk of chunks) {
    offsets.push(offset);
    offset += chunk.clips.length;
  }
  const segments = attributeClips(
    chunks.flatMap((chunk) => chunk.clips),
    chunks.flatMap((chunk) => chunk.texts),
    turns,
    spoken,
  );
  const known = new Map<number, Float32Array>();
  chunks.forEach((chunk, c) => {
    for (const [clip, vector] of chunk.meanings) known.set((offsets[c] as number) + clip, vector);
  });
  const split = segments.filter((segment) => !known.has(segment.clip));
  const vectors = await embedUnit(
    embed,
    'split',
    split.map((segment) => segment.text),
  );
  const ofSplit = new Map(split.map((segment, i) => [segment, vectors[i] as Float32Array]));
  const meanings = segments.map(
    (segment) => known.get(segment.clip) ?? (ofSplit.get(segment) as Float32Array),
  );
  const centroids: Float32Array[] = [];
  renumbered.forEach((speaker, old) => {
    if (speaker !== -1) centroids[speaker] = found.centroids[old] as Float32Array;
  });
  return { segments, meanings, centroids, turns };
}

function speechOf(chunks: readonly ChunkContent[]): SpeechStretch[] {
  return chunks.flatMap(({ clips, texts }) =>
    clips.map((clip, i) => ({
      start: clip.startSeconds,
      end: clip.endSeconds,
      lost: texts[i]?.lost ?? null,
    })),
  );
}
