import { z } from 'zod';
import type { Seconds } from '../../profiler/model/units.ts';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import { EarshotError } from '../earshotError.ts';
import type { RecognisedClip } from '../inference/tasks.ts';
import { fromJson, toJson } from '../ingestion/payload.ts';
import type { StageRun } from '../ingestion/stageRun.ts';
import { planBatches } from '../recognition/batches.ts';
import { isLoop, withoutLoops } from '../recognition/loopGuard.ts';
import { type Clip, quietestSecond } from '../segmentation/clips.ts';
import type { FrameAxis } from '../segmentation/frames.ts';
import { PRIORITY } from './priorities.ts';

const ClipText = z.object({
  text: z.string(),
  tokens: z.number(),
  confidence: z.number(),
  /** Why the text should be read with care. */
  flags: z.array(z.string()),
  /** Set where nothing was recognised: why. */
  lost: z.string().nullable(),
});

/** What recognition made of a clip. */
export interface RecognisedText {
  readonly text: string;
  readonly tokens: number;
  readonly confidence: number;
  readonly flags: readonly string[];
  readonly lost: string | null;
}

/**
 * Recognises the clips of a chunk in batches of like length.
 *
 * @param onShare told with the share of the clips' audio that a batch was, when it is done
 * @returns one text a clip, in order
 */
export async function recogniseClips(
  stage: StageRun,
  axis: FrameAxis,
  chunk: number,
  clips: readonly Clip[],
  pcm: string,
  onShare: (share: number) => void,
): Promise<RecognisedText[]> {
  const seconds = secondsOf(clips);
  const batches = planBatches(clips.map((clip) => clip.endSample - clip.startSample));
  const texts = new Array<RecognisedText>(clips.length);
  const made = batches.map(async (batch, b) => {
    const members = batch.map((i) => clips[i] as Clip);
    const payload = await recogniseUnit(stage, axis, `${chunk}.${b}`, members, pcm);
    const results = z.array(ClipText).parse(toJson(payload));
    batch.forEach((clip, i) => (texts[clip] = results[i] as RecognisedText));
    onShare(secondsOf(members) / seconds);
  });
  await Promise.all(made);
  if (batches.length === 0) onShare(1);
  accountFor(stage, clips, texts);
  return texts;
}

async function recogniseUnit(
  stage: StageRun,
  axis: FrameAxis,
  unit: string,
  clips: readonly Clip[],
  pcm: string,
): Promise<Uint8Array> {
  const audioSeconds = secondsOf(clips);
  const facts = { items: clips.length, audioSeconds, batchSize: clips.length };
  const task = (members: readonly Clip[]) => ({
    type: 'recognise' as const,
    pcm,
    clips: members.map((clip) => ({ start: clip.startSample, end: clip.endSample })),
  });
  const guarded = (result: readonly RecognisedClip[]) =>
    Promise.all(result.map((text, i) => guard(stage, axis, unit, clips[i] as Clip, text, pcm)));
  try {
    return await stage.unit(
      unit,
      () => task(clips),
      PRIORITY.recognise,
      facts,
      async ({ result }) => fromJson(await guarded(result)),
    );
  } catch (error) {
    if (!(error instanceof EarshotError && error.code === 'inference.crashed')) throw error;
    return stage.settle(unit, await recogniseOneByOne(stage, axis, unit, clips, pcm));
  }
}

/** After a batch has crashed its process twice: each clip by itself, so that only the one that crashes is lost. */
async function recogniseOneByOne(
  stage: StageRun,
  axis: FrameAxis,
  unit: string,
  clips: readonly Clip[],
  pcm: string,
): Promise<Uint8Array> {
  if (clips.length === 1) return fromJson([lostText('inference-crashed')]);
  const payloads = await Promise.all(
    clips.map((clip, i) => recogniseUnit(stage, axis, `${unit}.${i}`, [clip], pcm).then(toJson)),
  );
  return fromJson(payloads.flat());
}

function lostText(lost: string): RecognisedText {
  return { text: '', tokens: 0, confidence: 0, flags: [], lost };
}

/**
 * Keeps loops out: a clip whose text runs in circles, or that the token cap ended, is cut at its quietest moment and
 * recognised again; what is still bad is kept, its loops said once, and flagged.
 */
async function guard(
  stage: StageRun,
  axis: FrameAxis,
  unit: string,
  clip: Clip,
  first: RecognisedClip,
  pcm: string,
): Promise<RecognisedText> {
  const suspicious = first.capped || isLoop(first.text);
  if (!suspicious) return plain(first, []);
  const flags = [first.capped ? 'cut-off' : 'loop'];
  const middle = quietestSecond(axis, clip);
  if (middle === null) return plain(keepOnce(first), flags);
  const cut = Math.round(middle * SAMPLE_RATE);
  const halves = [
    { start: clip.startSample, end: cut },
    { start: cut, end: clip.endSample },
  ];
  const { result } = await stage.ask(
    `${unit}+`,
    { type: 'recognise', pcm, clips: halves },
    PRIORITY.recognise,
    { items: 2, audioSeconds: secondsOf([clip]), batchSize: 2 },
  );
  if (result.some((half) => half.capped || isLoop(half.text))) return plain(keepOnce(first), flags);
  const tokens = result.reduce((sum, half) => sum + half.tokens, 0);
  const logarithm = result.reduce(
    (sum, half) => sum + Math.log(Math.max(half.confidence, 1e-9)) * half.tokens,
    0,
  );
  return plain(
    {
      text: result
        .map((half) => half.text)
        .join(' ')
        .trim(),
      tokens,
      confidence: tokens === 0 ? 0 : Math.exp(logarithm / tokens),
      capped: false,
    },
    ['recut'],
  );
}

function keepOnce(clip: RecognisedClip): RecognisedClip {
  return { ...clip, text: withoutLoops(clip.text) };
}

/** A letter or digit in any script: text without one is noise that was not speech. */
const ANY_WORD = /[\p{L}\p{N}]/u;

function plain(clip: RecognisedClip, flags: readonly string[]): RecognisedText {
  if (!ANY_WORD.test(clip.text)) return lostText('no-words');
  const { text, tokens, confidence } = clip;
  return { text, tokens, confidence, flags, lost: null };
}

function accountFor(
  stage: StageRun,
  clips: readonly Clip[],
  texts: readonly RecognisedText[],
): void {
  const dropped: Record<string, number> = {};
  for (const { lost } of texts) if (lost !== null) dropped[lost] = (dropped[lost] ?? 0) + 1;
  stage.account({
    unit: 'clips',
    itemsIn: clips.length,
    itemsOut: texts.filter((text) => text.lost === null).length,
    dropped,
    audioSeconds: secondsOf(clips),
  });
}

function secondsOf(clips: readonly Clip[]): Seconds {
  return clips.reduce((sum, clip) => sum + clip.endSample - clip.startSample, 0) / SAMPLE_RATE;
}
