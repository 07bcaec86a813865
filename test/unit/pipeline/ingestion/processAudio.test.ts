import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunRecorder } from '../../../../src/profiler/recorder/runRecorder.ts';
import { AudioFeed } from '../../../../src/pipeline/audio/audioFeed.ts';
import { CancelledError, EarshotError } from '../../../../src/pipeline/earshotError.ts';
import type { InferencePool } from '../../../../src/pipeline/inference/inferencePool.ts';
import type { InferenceTask } from '../../../../src/pipeline/inference/tasks.ts';
import { ProgressBoard } from '../../../../src/pipeline/ingestion/progressBoard.ts';
import { processAudio } from '../../../../src/pipeline/ingestion/processAudio.ts';
import { StageRun } from '../../../../src/pipeline/ingestion/stageRun.ts';
import type { VideoWork } from '../../../../src/pipeline/ingestion/videoWork.ts';
import type { Clip } from '../../../../src/pipeline/segmentation/clips.ts';
import { recogniseClips } from '../../../../src/pipeline/stages/recogniseStage.ts';
import { type Library, openLibraryAt } from '../../../../src/store/library.ts';
import { axisOf, segmentedAudio, type SegmentedAudio } from '../../../helpers/segmentedAudio.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';

const code = { functionName: '', file: '', line: 0 };
const KEYS = {
  decode: 'd',
  segment: 's',
  voice: 'v',
  recognise: 'r',
  diarise: 'i',
  embed: 'e',
  publish: 'p',
};
const crash = () => new EarshotError('inference.crashed', 'It crashed.', 'Run it again.');
const clip = (start: number, end: number): Clip => ({
  first: 0,
  end: 1,
  voice: 0,
  startSeconds: start,
  endSeconds: end,
  startSample: start * 16_000,
  endSample: end * 16_000,
});

/** A pool whose answers are written down in a test; `asked` holds the kinds of its tasks. */
function scriptedPool(answer: (task: InferenceTask) => unknown) {
  const asked: InferenceTask['type'][] = [];
  const timing = { startNs: 0n, endNs: 0n, cpuSeconds: 0, loads: [] };
  const pool = {
    size: 2,
    run: async (task: InferenceTask) => {
      asked.push(task.type);
      await new Promise(setImmediate);
      return { result: answer(task), timing, process: 0 };
    },
  };
  return { asked, pool: pool as unknown as InferencePool };
}

let home: ReturnType<typeof temporaryHome>;
let library: Library;

beforeEach(() => {
  home = temporaryHome();
  library = openLibraryAt(join(home.path, 'library.sqlite'));
  library.videos.insert('one', 'https://x.test/one', 'One', '2026-01-01T00:00:00Z');
});
afterEach(() => {
  library.close();
  home[Symbol.dispose]();
});

const workWith = (pool: InferencePool, signal = new AbortController().signal): VideoWork => ({
  videoId: 'one',
  library,
  pool,
  recorder: createRunRecorder({ name: 'One', kind: 'ingest', environment: {} }),
  progress: new ProgressBoard('one', () => undefined),
  signal,
  notice: () => undefined,
});

function segmentation(audio: SegmentedAudio, task: InferenceTask): Uint8Array {
  if (task.type !== 'segment') throw new Error(`${task.type} was not expected.`);
  return Buffer.concat(audio.windows.slice(task.firstWindow, task.firstWindow + task.windows));
}

describe('processAudio', () => {
  it('ends at the first failure, not after hours of audio', async () => {
    const speech = Array.from({ length: 720 }, () => [
      { class: 1, seconds: 9 },
      { class: 0, seconds: 1 },
    ]).flat();
    const audio = segmentedAudio(speech);
    const { pool, asked } = scriptedPool((task) => {
      if (task.type === 'voice') throw crash();
      return segmentation(audio, task);
    });
    const feed = AudioFeed.of('', audio.samples);
    await expect(processAudio(workWith(pool), KEYS, feed, null)).rejects.toThrow('It crashed.');
    expect(asked.filter((type) => type === 'segment').length).toBeLessThan(12);
  });
});

describe('a unit', () => {
  it('is not given, made or committed after a cancellation', async () => {
    const cancelled = new AbortController();
    const { pool, asked } = scriptedPool(() => null);
    const stage = new StageRun(workWith(pool, cancelled.signal), 'embed', 'e', code);
    library.stages.putUnit('one', 'embed', 'stored', Uint8Array.of(1));
    const task = () => ({ type: 'warm' as const });
    const encode = () => Uint8Array.of(1);
    const unit = (name: string) => stage.unit(name, task, 0, { items: 1 }, encode);
    const late = unit('late');
    cancelled.abort();
    await expect(late).rejects.toThrow(CancelledError);
    await expect(unit('stored')).rejects.toThrow(CancelledError);
    expect(library.stages.unit('one', 'embed', 'late')).toBeUndefined();
    expect(asked).toEqual(['warm']);
  });

  it('of clips that crashed is tried again until the stage ends, and needs no audio after it', async () => {
    const axis = axisOf(segmentedAudio([{ class: 1, seconds: 9 }]));
    const clips = [clip(0, 3), clip(3, 6), clip(6, 9)];
    const heard = { text: 'Heard.', tokens: 2, confidence: 0.9, capped: false };
    const first = scriptedPool((task) => {
      if (task.type !== 'recognise') throw new Error(`${task.type} was not expected.`);
      if (task.clips.some(({ start }) => start === 3 * 16_000)) throw crash();
      return task.clips.map(() => heard);
    });
    const recognise = async (pool: InferencePool) => {
      const stage = new StageRun(workWith(pool), 'recognise', 'r', code);
      return { stage, texts: await recogniseClips(stage, axis, 0, clips, '', () => undefined) };
    };
    await recognise(first.pool);
    const before = first.asked.length;
    const { stage, texts } = await recognise(first.pool);
    expect(first.asked.length).toBeGreaterThan(before);
    expect(texts.map(({ lost }) => lost)).toEqual([null, 'inference-crashed', null]);
    stage.finish();
    const second = scriptedPool(() => null);
    expect((await recognise(second.pool)).texts).toEqual(texts);
    expect(second.asked).toEqual([]);
  });
});
