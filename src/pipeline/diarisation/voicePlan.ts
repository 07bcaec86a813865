import type { Seconds } from '../../profiler/model/units.ts';
import { SAMPLE_RATE } from '../audio/pcmFile.ts';
import { STEP_SAMPLES, stepCount } from '../audio/voiceSteps.ts';
import type { VoiceStretch } from '../inference/tasks.ts';
import type { FrameAxis } from '../segmentation/frames.ts';
import type { FrameRun } from '../segmentation/speech.ts';
import type { Piece } from './pieces.ts';

/** Work for one inference task: stretches of audio that go through the trunk, and the pieces pooled from them. */
export interface VoiceUnit {
  readonly stretches: readonly VoiceStretch[];
  /** Index of the piece that each vector of the unit stands for, in order. */
  readonly pieces: readonly number[];
  /** Audio that goes through the trunk. */
  readonly seconds: Seconds;
}

/** Step j of a stretch is centred this long after its start (models/README.md), plus 80 ms a step. */
const FIRST_STEP_SECONDS = 0.0125;
const STEP_SECONDS = STEP_SAMPLES / SAMPLE_RATE;
/** Real audio around a stretch, so that its edges are not cut hard. */
const MARGIN_SECONDS = 0.1;
/** Silence longer than this does not go through the trunk. */
const SKIPPED_SILENCE_SECONDS = 1;
/** Audio of a unit: what a killed process has to repeat, and 128 kB of features a second. */
const UNIT_SECONDS = 45;

/**
 * Plans the voice embeddings of a chunk: the trunk runs once over its speech, and every piece is pooled from that.
 *
 * @param runs speech of the chunk, in order
 * @param pieces pieces of the chunk; one that lies outside all speech is not embedded
 */
export function planVoices(
  axis: FrameAxis,
  runs: readonly FrameRun[],
  pieces: readonly Piece[],
  audioSeconds: Seconds,
): VoiceUnit[] {
  const homes = stretchesOf(axis, runs, audioSeconds);
  const members = homes.map(() => [] as number[]);
  pieces.forEach((piece, index) => {
    const middle = piece.maskSeconds[piece.maskSeconds.length >> 1] as Seconds;
    const home = homes.findIndex((stretch) => middle >= stretch.start && middle < stretch.end);
    members[home]?.push(index);
  });
  const units: { stretches: VoiceStretch[]; pieces: number[]; seconds: Seconds }[] = [];
  homes.forEach((home, h) => {
    const indices = members[h] as number[];
    if (indices.length === 0) return;
    const seconds = home.end - home.start;
    let unit = units.at(-1);
    if (!unit || unit.seconds + seconds > UNIT_SECONDS) {
      unit = { stretches: [], pieces: [], seconds: 0 };
      units.push(unit);
    }
    unit.stretches.push(
      stretchOf(
        home,
        indices.map((index) => pieces[index] as Piece),
      ),
    );
    unit.pieces.push(...indices);
    unit.seconds += seconds;
  });
  return units;
}

interface Home {
  readonly start: Seconds;
  readonly end: Seconds;
}

/** Joins runs with short pauses between them into stretches of at most a unit. */
function stretchesOf(axis: FrameAxis, runs: readonly FrameRun[], audioSeconds: Seconds): Home[] {
  const homes: { start: number; end: number }[] = [];
  for (const run of runs) {
    const speechStart = axis.seconds[run.first] as Seconds;
    const end = Math.min(audioSeconds, (axis.seconds[run.end - 1] as Seconds) + MARGIN_SECONDS);
    const last = homes.at(-1);
    const near = last && speechStart - last.end <= SKIPPED_SILENCE_SECONDS;
    if (near && end - last.start <= UNIT_SECONDS) last.end = end;
    else homes.push({ start: Math.max(last?.end ?? 0, speechStart - MARGIN_SECONDS), end });
  }
  return homes;
}

function stretchOf(home: Home, pieces: readonly Piece[]): VoiceStretch {
  const start = Math.round(home.start * SAMPLE_RATE);
  const samples = Math.max(1, Math.round(home.end * SAMPLE_RATE) - start);
  const steps = stepCount(samples);
  return {
    start,
    samples,
    masks: pieces.map((piece) => nearestSteps(piece.maskSeconds, home, steps)),
  };
}

/** The steps nearest to the times that lie in the stretch, each once, ascending; at least one. */
function nearestSteps(times: Float64Array, home: Home, steps: number): Uint16Array {
  const inside = times.filter((time) => time >= home.start && time < home.end);
  const chosen = new Set<number>();
  for (const time of inside) {
    const step = Math.round((time - home.start - FIRST_STEP_SECONDS) / STEP_SECONDS);
    chosen.add(Math.min(steps - 1, Math.max(0, step)));
  }
  return Uint16Array.from([...chosen].sort((a, b) => a - b));
}
