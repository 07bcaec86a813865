import type { AudioFeed } from '../audio/audioFeed.ts';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import type { StageRun } from '../ingestion/stageRun.ts';
import type { VideoWork } from '../ingestion/videoWork.ts';
import { windowBytes } from '../segmentation/frames.ts';
import { HOP_SECONDS, WINDOW_SECONDS, windowCount } from '../segmentation/windows.ts';
import { PRIORITY } from './priorities.ts';

/** Windows of a unit: two minutes of audio, half a second of work. */
const WINDOWS_PER_UNIT = 15;

export interface SegmentedWindow {
  readonly index: number;
  /** Class probabilities [589, 7], a byte each. */
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/**
 * Finds speech and speaker changes: class probabilities of 10 s windows every 8 s, in order, while the audio still grows.
 */
export async function* segmentAudio(
  work: VideoWork,
  stage: StageRun,
  feed: AudioFeed,
): AsyncGenerator<SegmentedWindow> {
  const units: Promise<{ first: number; bytes: Uint8Array }>[] = [];
  const state: { first: number; total: number | null } = { first: 0, total: null };
  const open = async (): Promise<boolean> => {
    const { first } = state;
    if (state.total !== null && first >= state.total) return false;
    const needed = ((first + WINDOWS_PER_UNIT - 1) * HOP_SECONDS + WINDOW_SECONDS) * SAMPLE_RATE;
    // One sample more tells that the last of these windows is not the last of all.
    await feed.waitFor(needed + 1);
    if (feed.complete) state.total = windowCount(feed.samples);
    const windows = Math.min(WINDOWS_PER_UNIT, (state.total ?? Infinity) - first);
    state.first += windows;
    const made = segmentUnit(stage, feed, first, windows);
    // Awaited in order below; until then a failure must not count as unhandled.
    made.catch(() => undefined);
    units.push(made);
    return true;
  };
  let more = true;
  while (more && units.length <= work.pool.size) more = await open();
  for (let unit = units.shift(); unit; unit = units.shift()) {
    const { first: start, bytes } = await unit;
    const windows = bytes.length / windowBytes(bytes, 0).length;
    for (let w = 0; w < windows; w++) {
      const index = start + w;
      yield { index, bytes: windowBytes(bytes, w), last: index + 1 === state.total };
    }
    if (!stage.cached) {
      const { total } = state;
      work.progress.advance('segment', total && (start + windows) / total, null);
    }
    if (more) more = await open();
  }
}

async function segmentUnit(stage: StageRun, feed: AudioFeed, first: number, windows: number) {
  const bytes = await stage.unit(
    String(first),
    () => ({ type: 'segment' as const, pcm: feed.path, firstWindow: first, windows }),
    PRIORITY.segment,
    { items: windows, audioSeconds: windows * HOP_SECONDS },
    ({ result }) => result,
  );
  stage.account({ unit: 'windows', itemsIn: windows, itemsOut: windows });
  return { first, bytes };
}
