import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseRttm, type Turn } from '../../helpers/diarisationErrorRate.ts';
import { bundledFfmpeg, speechFile } from './places.ts';

const TruthTurn = z.object({
  speaker: z.string(),
  start: z.number(),
  end: z.number(),
  text: z.string(),
});
const Truth = z.object({ duration: z.number(), turns: z.array(TruthTurn) });
export type TruthTurn = z.infer<typeof TruthTurn>;

/** A recording with everything that is known about it. */
export interface Recording {
  readonly wav: string;
  readonly seconds: number;
  /** All words, turn after turn. */
  readonly words: string;
  /** Runs of speech. */
  readonly turns: readonly Turn[];
  readonly speakers: number;
}

export interface RecordingPlan {
  readonly folder: string;
  readonly minutes: number;
  readonly seed: number;
  readonly speakers: number;
}

/** Makes a recording of any length out of the turns of `long-source`; the same plan gives the same bytes. */
export function makeRecording({ folder, minutes, seed, speakers }: RecordingPlan): Recording {
  const pcm = decodeLongSource(folder);
  const out = join(folder, 'recording');
  execFileSync(process.execPath, [
    ...[speechFile('build/make_long.mjs'), '--pcm', pcm],
    ...['--truth', speechFile('long-source.json'), '--out', out],
    ...['--minutes', String(minutes), '--seed', String(seed), '--speakers', String(speakers)],
  ]);
  const { duration, turns } = readTruth(`${out}.json`);
  return {
    wav: `${out}.wav`,
    seconds: duration,
    words: turns.map(({ text }) => text).join(' '),
    turns: parseRttm(readFileSync(`${out}.rttm`, 'utf8')),
    speakers: new Set(turns.map(({ speaker }) => speaker)).size,
  };
}

/** Decodes `long-source` into a folder: s16le, 16 kHz, mono, without a header. @returns the file */
export function decodeLongSource(folder: string): string {
  const pcm = join(folder, 'long-source.pcm');
  execFileSync(bundledFfmpeg(), [
    ...['-v', 'error', '-y', '-i', speechFile('long-source.opus')],
    ...['-f', 's16le', '-ac', '1', '-ar', '16000', pcm],
  ]);
  return pcm;
}

export function readTruth(file: string): z.infer<typeof Truth> {
  return Truth.parse(JSON.parse(readFileSync(file, 'utf8')));
}
