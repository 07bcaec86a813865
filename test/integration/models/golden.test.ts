import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Tokenizer } from '@huggingface/tokenizers';
import { PcmFile } from '../../../src/pipeline/audio/pcmFile.ts';
import { cosine, toUnit } from '../../../src/pipeline/diarisation/linkage.ts';
import { TaskRunner } from '../../../src/pipeline/inference/runTask.ts';
import { loadSession, type Session } from '../../../src/pipeline/inference/session.ts';
import type {
  InferenceResults,
  InferenceTask,
  RecognisedClip,
  VoiceStretch,
} from '../../../src/pipeline/inference/tasks.ts';
import { tokenIds } from '../../../src/pipeline/inference/textModel.ts';
import { stepCount } from '../../../src/pipeline/audio/voiceSteps.ts';
import { FEATURES, poolVoices, voiceFeatures } from '../../../src/pipeline/inference/voiceModel.ts';
import { type ChosenModels, chooseModels } from '../../../src/pipeline/models/inferenceModels.ts';
import { ModelShelf } from '../../../src/pipeline/models/modelShelf.ts';
import { activeMask } from '../../../src/pipeline/segmentation/localSpeakers.ts';
import { CLASSES, FRAMES_PER_WINDOW } from '../../../src/pipeline/segmentation/windows.ts';
import { projectFile } from './library.ts';

interface GoldenClip {
  readonly file: string;
  readonly samples: number;
  readonly steps: number;
  readonly embedding: readonly number[];
  readonly embedding_first_half: {
    readonly steps: readonly number[];
    readonly embedding: number[];
  };
}

interface GoldenVoices {
  readonly clips: readonly GoldenClip[];
  readonly segmentation: {
    readonly files: readonly string[];
    readonly active: readonly { speaker: number; start: number; end: number }[];
    readonly probabilities_frame_100: readonly number[];
  };
}

const golden = (name: string) => projectFile(`test/fixtures/golden/${name}`);
const json = (name: string): unknown => JSON.parse(readFileSync(golden(name), 'utf8'));
const voices = json('diarization.json') as GoldenVoices;
const texts = json('text.json') as { text: string; ids: number[]; embedding: number[] }[];
const speech = json('asr.json') as { clips: { file: string; samples: number; text: string }[] };

/** The voice model's integer arithmetic saturates without AVX2 (models/README.md). */
const LEAST_VOICE_COSINE = hasAvx2() ? 0.999 : 0.998;

function hasAvx2(): boolean {
  try {
    return /\bavx2\b/u.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return cpus().some(({ model }) => /apple/iu.test(model));
  }
}

let folder: string;
let models: ChosenModels;
let runner: TaskRunner;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-golden-'));
  models = await chooseModels(new ModelShelf(folder));
  runner = new TaskRunner(models.paths);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run<T extends InferenceTask>(task: T): Promise<InferenceResults[T['type']]> {
  return (await runner.run(task)) as InferenceResults[T['type']];
}

/** Samples of a 16-bit WAV file as headerless PCM on disk. */
function pcmOf(...files: string[]): string {
  const parts = files.map((file) => {
    const wav = readFileSync(golden(file));
    const data = wav.indexOf('data');
    return wav.subarray(data + 8, data + 8 + wav.readUInt32LE(data + 4));
  });
  const path = join(folder, `${files.join('+')}.pcm`);
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

const unit = (values: readonly number[]) => toUnit([Float32Array.from(values)])[0]!;
const steps = (from: number, to: number) =>
  Uint16Array.from({ length: to - from }, (_, i) => from + i);

describe('recognition', () => {
  test.each(speech.clips)('$file, alone', async ({ file, samples, text }) => {
    const pcm = pcmOf(file);
    const [clip] = await run({ type: 'recognise', pcm, clips: [{ start: 0, end: samples }] });
    expect(clip).toMatchObject({ text, capped: false });
    expect(clip!.confidence).toBeGreaterThan(0.6);
    expect(clip!.confidence).toBeLessThanOrEqual(1);
  });

  test('the same text and confidence in one batch of unlike lengths', async () => {
    const pcm = pcmOf(...speech.clips.map(({ file }) => file));
    let start = 0;
    const clips = speech.clips.map(({ samples }) => ({ start, end: (start += samples) }));
    const alone: RecognisedClip[] = [];
    for (const clip of clips) alone.push(...(await run({ type: 'recognise', pcm, clips: [clip] })));
    const batch = { type: 'recognise', pcm, clips: clips.toReversed() } as const;
    const together = (await run(batch)).toReversed();
    expect(together.map(({ text }) => text)).toEqual(speech.clips.map(({ text }) => text));
    together.forEach((clip, i) => {
      expect(clip.tokens).toBe(alone[i]!.tokens);
      expect(clip.confidence).toBeCloseTo(alone[i]!.confidence, 3);
    });
  });

  test('a clip of a few samples and one of silence end, with few or no words', async () => {
    const pcm = join(folder, 'silence.pcm');
    writeFileSync(pcm, new Uint8Array(5 * 32_000));
    const clips = [
      { start: 0, end: 10 },
      { start: 0, end: 5 * 16_000 },
    ];
    for (const { tokens } of await run({ type: 'recognise', pcm, clips })) {
      expect(tokens).toBeLessThanOrEqual(37);
    }
  });
});

describe('segmentation', () => {
  const { files, active, probabilities_frame_100: expected } = voices.segmentation;
  let bytes: Uint8Array;
  let pcm: string;

  beforeAll(async () => {
    pcm = pcmOf(...files);
    bytes = await run({ type: 'segment', pcm, firstWindow: 0, windows: 1 });
  });

  test('finds the active frames of the source model', () => {
    const found: { speaker: number; start: number; end: number }[] = [];
    for (let speaker = 0; speaker < 3; speaker++) {
      for (let f = 0; f < FRAMES_PER_WINDOW; f++) {
        if (!(activeMask(bytes, f) & (1 << speaker))) continue;
        const last = found.at(-1);
        if (last?.speaker === speaker && last.end === f) last.end = f + 1;
        else found.push({ speaker, start: f, end: f + 1 });
      }
    }
    expect(found).toEqual(active);
  });

  test('gives its probabilities, to a byte each', () => {
    const at = 100 * CLASSES;
    expected.forEach((probability, c) => {
      expect(Math.abs(bytes[at + c]! / 255 - probability)).toBeLessThan(1 / 255);
    });
    for (let f = 0; f < FRAMES_PER_WINDOW; f++) {
      const sum = bytes.subarray(f * CLASSES, (f + 1) * CLASSES).reduce((a, b) => a + b, 0);
      expect(Math.abs(sum - 255)).toBeLessThanOrEqual(4);
    }
  });

  test('a window is the same whether it is asked for alone or among others', async () => {
    const three = await run({ type: 'segment', pcm, firstWindow: 0, windows: 3 });
    const second = await run({ type: 'segment', pcm, firstWindow: 1, windows: 1 });
    const size = FRAMES_PER_WINDOW * CLASSES;
    expect(three.subarray(0, size)).toEqual(bytes);
    expect(three.subarray(size, 2 * size)).toEqual(second);
  });
});

describe('voice embeddings', () => {
  let trunk: Session;
  let pool: Session;

  beforeAll(async () => {
    trunk = await loadSession(models.paths.trunk);
    pool = await loadSession(models.paths.pool);
  });
  afterAll(async () => {
    await trunk.release();
    await pool.release();
  });

  test.each(voices.clips)('of $file, whole and its first half', async (clip) => {
    const file = new PcmFile(pcmOf(clip.file));
    try {
      const features = await voiceFeatures(trunk, file, 0, clip.samples);
      // The source model has no step that reaches past the audio; ours may have one more.
      const count = stepCount(clip.samples);
      expect([clip.steps, clip.steps + 1]).toContain(count);
      expect(features).toHaveLength(count * FEATURES);
      const [from, to] = clip.embedding_first_half.steps as [number, number];
      const half = new Float32Array(count).fill(1, from, to);
      const weights = [new Float32Array(count).fill(1, 0, clip.steps), half];
      const [whole, first] = toUnit(await poolVoices(pool, features, weights));
      expect(cosine(whole!, unit(clip.embedding))).toBeGreaterThan(LEAST_VOICE_COSINE);
      expect(cosine(first!, unit(clip.embedding_first_half.embedding))).toBeGreaterThan(
        LEAST_VOICE_COSINE,
      );
    } finally {
      file.close();
    }
  });

  const masksOf = (clip: GoldenClip) => {
    const [from, to] = clip.embedding_first_half.steps as [number, number];
    return [steps(0, clip.steps), steps(from, to)];
  };

  test.each(voices.clips)('of $file as a task, of unit length', async (clip) => {
    const stretches: VoiceStretch[] = [{ start: 0, samples: clip.samples, masks: masksOf(clip) }];
    const vectors = await run({ type: 'voice', pcm: pcmOf(clip.file), stretches });
    const expected = [clip.embedding, clip.embedding_first_half.embedding];
    expect(vectors).toHaveLength(expected.length);
    vectors.forEach((vector, i) => {
      expect(cosine(vector, vector)).toBeCloseTo(1, 5);
      expect(cosine(vector, unit(expected[i]!))).toBeGreaterThan(LEAST_VOICE_COSINE);
    });
  });

  test('of stretches of one recording come in the order of their masks', async () => {
    let start = 0;
    const stretches = voices.clips.map((clip): VoiceStretch => {
      const stretch = { start, samples: clip.samples, masks: masksOf(clip) };
      start += clip.samples;
      return stretch;
    });
    const pcm = pcmOf(...voices.clips.map(({ file }) => file));
    const vectors = await run({ type: 'voice', pcm, stretches });
    const expected = voices.clips.flatMap((clip) =>
      [clip.embedding, clip.embedding_first_half.embedding].map(unit),
    );
    // The trunk looks 15 ms past a stretch, which is the next clip here, so the vectors are not quite the same.
    const nearest = vectors.map((vector) => {
      const cosines = expected.map((other) => cosine(vector, other));
      return cosines.indexOf(Math.max(...cosines));
    });
    expect(nearest).toEqual([...expected.keys()]);
    vectors.forEach((vector, i) => expect(cosine(vector, expected[i]!)).toBeGreaterThan(0.98));
  });
});

describe('text embeddings', () => {
  test('token ids are exactly the source tokenizer’s', () => {
    const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as object;
    const tokenizer = new Tokenizer(
      read(models.paths.tokenizer),
      read(models.paths.tokenizerConfig),
    );
    expect(texts.map(({ text }) => tokenIds(tokenizer, text))).toEqual(texts.map(({ ids }) => ids));
  });

  test('a text is cut to 256 tokens, [SEP] last', () => {
    const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as object;
    const tokenizer = new Tokenizer(
      read(models.paths.tokenizer),
      read(models.paths.tokenizerConfig),
    );
    const ids = tokenIds(tokenizer, 'word '.repeat(1000));
    expect(ids).toHaveLength(256);
    expect([ids[0], ids.at(-1)]).toEqual([101, 102]);
  });

  test.each([
    ['as they come', [...texts.keys()]],
    ['the other way round', [...texts.keys()].reverse()],
    ['with others between them', [...texts.keys()].flatMap((i) => [i, (i * 7 + 3) % texts.length])],
  ])('are the golden vectors in any batch: %s', async (_, order) => {
    const vectors = await run({ type: 'embed', texts: order.map((i) => texts[i]!.text) });
    vectors.forEach((vector, at) => {
      expect(vector).toHaveLength(384);
      expect(cosine(vector, unit(texts[order[at]!]!.embedding))).toBeGreaterThan(0.9999);
    });
  });
});
