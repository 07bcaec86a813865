import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { PcmFile } from '../audio/pcmFile.ts';
import { toUnit } from '../diarisation/linkage.ts';
import { tellApart } from '../diarisation/speakers.ts';
import { TokenTable } from '../recognition/tokens.ts';
import type { InferenceModels } from './modelPaths.ts';
import type { RecognisedTokens } from './greedyRow.ts';
import { recogniseMerged } from './mergedRecognition.ts';
import { recogniseBatch } from './recognitionModel.ts';
import { segmentWindows } from './segmentationModel.ts';
import { loadSession, type Session } from './session.ts';
import { unixNanoseconds } from './taskClock.ts';
import type {
  InferenceResults,
  InferenceTask,
  ModelLoad,
  RecogniseTask,
  RecognisedClip,
  VoiceTask,
} from './tasks.ts';
import { embedTexts } from './textModel.ts';
import { stepCount } from '../audio/voiceSteps.ts';
import { poolVoices, voiceFeatures } from './voiceModel.ts';

/** Runs tasks with models that are loaded on first use and kept. */
export class TaskRunner {
  readonly #loads: ModelLoad[] = [];
  readonly #models: InferenceModels;
  readonly #sessions = new Map<string, Promise<Session>>();
  #tokenizer: Tokenizer | undefined;
  #tokens: TokenTable | undefined;

  constructor(models: InferenceModels) {
    this.#models = models;
  }

  /** Loads what a task needs, so that its own time holds no cold start. @returns what had to be loaded */
  async prepare(task: InferenceTask): Promise<readonly ModelLoad[]> {
    for (const path of this.#modelsOf(task.type)) await this.#session(path);
    if (task.type === 'embed' || task.type === 'warm') this.#textTokenizer();
    return this.#loads.splice(0);
  }

  #modelsOf(type: InferenceTask['type']): string[] {
    const { segmentation, recognition, trunk, pool, text } = this.#models;
    switch (type) {
      case 'segment':
        return [segmentation];
      case 'recognise':
        return [recognition.encoder, recognition.decoder];
      case 'voice':
        return [trunk, pool];
      case 'embed':
        return [text];
      case 'warm':
        // In the order in which they are needed.
        return [segmentation, trunk, pool, recognition.encoder, recognition.decoder, text];
      case 'cluster':
        return [];
    }
  }

  async run(task: InferenceTask): Promise<InferenceResults[InferenceTask['type']]> {
    switch (task.type) {
      case 'segment': {
        const session = await this.#session(this.#models.segmentation);
        return await withPcm(task.pcm, (pcm) =>
          segmentWindows(session, pcm, task.firstWindow, task.windows),
        );
      }
      case 'recognise':
        return await withPcm(task.pcm, (pcm) => this.#recognise(pcm, task));
      case 'voice':
        return await withPcm(task.pcm, (pcm) => this.#voices(pcm, task));
      case 'embed': {
        const session = await this.#session(this.#models.text);
        return await embedTexts(session, this.#textTokenizer(), task.texts);
      }
      case 'warm':
        return null;
      case 'cluster':
        return tellApart(task.pieces, task.count);
    }
  }

  async #recognise(pcm: PcmFile, task: RecogniseTask): Promise<RecognisedClip[]> {
    const { recognition } = this.#models;
    const encoder = await this.#session(recognition.encoder);
    const decoder = await this.#session(recognition.decoder);
    this.#tokens ??= new TokenTable(readFileSync(recognition.tokens));
    const tokens = this.#tokens;
    const clips = task.clips.map((clip) => pcm.read(clip.start, clip.end - clip.start));
    let rows: RecognisedTokens[] = [];
    if (recognition.contract === 'split') rows = await recogniseBatch(encoder, decoder, clips);
    else {
      for (const clip of clips) {
        rows.push(await recogniseMerged(encoder, decoder, recognition, clip));
      }
    }
    return rows.map((row) => ({
      text: tokens.decode(row.ids),
      tokens: row.ids.length,
      confidence: Math.exp(row.logProbability / (row.ids.length + 1)),
      capped: row.capped,
    }));
  }

  async #voices(pcm: PcmFile, task: VoiceTask): Promise<Float32Array[]> {
    const trunk = await this.#session(this.#models.trunk);
    const pool = await this.#session(this.#models.pool);
    const vectors: Float32Array[] = [];
    for (const stretch of task.stretches) {
      const features = await voiceFeatures(trunk, pcm, stretch.start, stretch.samples);
      const weights = stretch.masks.map((steps) => {
        const row = new Float32Array(stepCount(stretch.samples));
        for (const step of steps) row[step] = 1;
        return row;
      });
      vectors.push(...(await poolVoices(pool, features, weights)));
    }
    toUnit(vectors);
    return vectors;
  }

  async #session(path: string): Promise<Session> {
    let session = this.#sessions.get(path);
    if (!session) {
      const startNs = unixNanoseconds();
      session = loadSession(path);
      this.#sessions.set(path, session);
      // A failure is not kept: the next task may find the file, or the memory, that was missing.
      session.catch(() => this.#sessions.delete(path));
      await session;
      this.#loads.push({ model: basename(path), startNs, endNs: unixNanoseconds() });
    }
    return await session;
  }

  #textTokenizer(): Tokenizer {
    this.#tokenizer ??= new Tokenizer(
      JSON.parse(readFileSync(this.#models.tokenizer, 'utf8')) as object,
      JSON.parse(readFileSync(this.#models.tokenizerConfig, 'utf8')) as object,
    );
    return this.#tokenizer;
  }
}

async function withPcm<T>(path: string, use: (pcm: PcmFile) => Promise<T>): Promise<T> {
  const pcm = new PcmFile(path);
  try {
    return await use(pcm);
  } finally {
    pcm.close();
  }
}
