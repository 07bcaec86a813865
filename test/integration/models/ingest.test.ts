import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EarshotError } from '../../../src/pipeline/earshotError.ts';
import type { IngestResult } from '../../../src/protocol/ingest.ts';
import type { Ledger } from '../../../src/protocol/transcript.ts';
import { diarisationErrors, parseRttm } from '../../helpers/diarisationErrorRate.ts';
import { wordErrors } from '../../helpers/wordErrorRate.ts';
import {
  listening,
  projectFile,
  projectText,
  storedRun,
  temporaryLibrary,
  unitsByStage,
} from './library.ts';

let library: Awaited<ReturnType<typeof temporaryLibrary>>;

beforeAll(async () => {
  library = await temporaryLibrary();
});
afterAll(() => library.close());

async function ingest(file: string): Promise<IngestResult> {
  const [result] = await library.earshot.ingest({ source: projectFile(file) }, listening());
  return result!;
}

const recognised = (result: IngestResult) =>
  result.transcript.segments.map((segment) => segment.text).join(' ');

/** Sum of the percentages in hundredths, so that no rounding of the sum hides a difference. */
const hundredths = (ledger: Ledger) =>
  ledger.buckets.reduce((sum, bucket) => sum + Math.round(bucket.percent * 100), 0);

const amountOf = (ledger: Ledger, ...names: string[]) =>
  ledger.buckets
    .filter((bucket) => names.includes(bucket.name))
    .reduce((sum, bucket) => sum + bucket.amount, 0);

const state = (result: IngestResult, stage: string) =>
  result.stages.find((summary) => summary.stage === stage)?.state;

const audioLoads = (result: IngestResult) =>
  result.stages.flatMap((stage) =>
    Object.entries(stage.loads).filter(([key]) => key.startsWith('audio:')),
  );

function expectWholeLedgers({ ledger, transcript }: IngestResult): void {
  expect(ledger.audio.total).toBeCloseTo(transcript.durationSeconds, 3);
  expect(amountOf(ledger.audio, ...ledger.audio.buckets.map(({ name }) => name))).toBeCloseTo(
    ledger.audio.total,
    6,
  );
  expect(hundredths(ledger.audio)).toBe(10_000);
  expect(ledger.embeddings.total).toBe(transcript.segments.length);
  expect(hundredths(ledger.embeddings)).toBe(transcript.segments.length > 0 ? 10_000 : 0);
}

describe.each([
  { name: 'the sample', base: 'media/sample/sample', speakers: 2 },
  { name: 'two speakers', base: 'test/fixtures/speech/two-speakers', speakers: 2 },
  { name: 'three speakers', base: 'test/fixtures/speech/three-speakers', speakers: 3 },
])('$name', ({ base, speakers }) => {
  let result: IngestResult;

  beforeAll(async () => {
    result = await ingest(`${base}.opus`);
  });

  test('at most one word in ten is wrong', () => {
    const errors = wordErrors(projectText(`${base}.txt`), recognised(result));
    expect(errors.words).toBeGreaterThan(50);
    expect(errors.rate).toBeLessThanOrEqual(0.1);
  });

  test('speakers are told apart', () => {
    const truth = parseRttm(projectText(`${base}.rttm`));
    const { turns = [] } = result.transcript;
    const loose = diarisationErrors(truth, turns, 0.25);
    const strict = diarisationErrors(truth, turns, 0);
    expect(result.transcript.speakers).toHaveLength(speakers);
    expect(loose.rate).toBeLessThanOrEqual(0.06);
    expect(strict.rate).toBeLessThanOrEqual(0.15);
    expect(strict.mapping.size).toBe(speakers);
  });

  test('nothing of the audio and no segment is unaccounted for', () => {
    expectWholeLedgers(result);
    const { embeddings } = result.ledger;
    const covered = amountOf(embeddings, 'own', 'widened') / embeddings.total;
    expect(covered).toBeGreaterThanOrEqual(0.95);
    expect(amountOf(result.ledger.audio, 'speech transcribed')).toBeGreaterThan(0);
  });

  test('the audio is loaded once', () => {
    expect(audioLoads(result)).toEqual([[`audio:${result.id}`, 1]]);
  });

  test('segments are in order, within the audio, and of speakers that are listed', () => {
    const { segments, durationSeconds, speakers: listed } = result.transcript;
    const names = listed.map((speaker) => speaker.name);
    let before = 0;
    for (const segment of segments) {
      expect(segment.start).toBeGreaterThanOrEqual(before);
      expect(segment.end).toBeGreaterThan(segment.start);
      expect(segment.end).toBeLessThanOrEqual(durationSeconds);
      expect(names).toContain(segment.speaker);
      before = segment.start;
    }
    expect(listed.reduce((sum, speaker) => sum + speaker.segments, 0)).toBe(segments.length);
  });

  test('a second ingest finds it done', async () => {
    const talk = listening();
    const source = projectFile(`${base}.opus`);
    const [again] = await library.earshot.ingest({ source }, talk);
    expect(again).toMatchObject({ id: result.id, cached: true, realTimeFactor: null });
    expect(new Set(again!.stages.map((stage) => stage.state))).toEqual(new Set(['cached']));
    expect(again!.transcript).toEqual(result.transcript);
    const started = talk.events.find((event) => event.type === 'started');
    expect(started!.runId).not.toBe(result.runId);
    expect(unitsByStage(storedRun(library.home, started!.runId))).toEqual(new Map());
    expect(unitsByStage(storedRun(library.home, result.runId)).get('voice')).toBeGreaterThan(0);
  });
});

test('a person who knows the number of speakers can say so, and nothing before diarisation runs again', async () => {
  const source = projectFile('test/fixtures/speech/three-speakers.opus');
  const [first] = await library.earshot.ingest({ source }, listening());
  const result = await library.earshot.rerun(
    { id: first!.id, only: 'diarise', speakers: { min: 2, max: 2 } },
    listening(),
  );
  expect(result.transcript.speakers).toHaveLength(2);
  for (const stage of ['download', 'decode', 'segment', 'voice', 'recognise']) {
    expect([stage, state(result, stage)]).toEqual([stage, 'cached']);
  }
  expect(state(result, 'diarise')).toBe('done');
  const units = unitsByStage(storedRun(library.home, result.runId));
  expect([...units.keys()].filter((stage) => stage !== 'embed')).toEqual(['diarise']);
  expect(audioLoads(result)).toEqual([]);
  expectWholeLedgers(result);
  expect(library.earshot.show(first!.id).transcript.speakers).toHaveLength(2);
});

interface HardTruth {
  readonly duration?: number;
  readonly decodableAbout?: number;
  readonly speech?: boolean;
  readonly text?: string;
  readonly language?: string;
  readonly audioStreams?: number;
}

const hard = JSON.parse(projectText('test/fixtures/speech/hard/truth.json')) as Record<
  string,
  HardTruth
>;

/** Clipping takes the soft consonants away: half of the words must be there, so that it is not silently dropped. */
const WORST: Readonly<Record<string, number>> = { 'clipped-u8.wav': 0.5 };

describe('hard recordings', () => {
  test.each([
    ['video-only.mp4', 'media.no-audio'],
    ['truncated-no-index.mp4', 'media.truncated'],
    ['empty.wav', 'media.empty'],
    ['text-not-audio.mp3', 'media.unreadable'],
  ])('%s cannot be ingested, and why is said', async (file, code) => {
    const error = await ingest(`test/fixtures/speech/hard/${file}`).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(EarshotError);
    expect(error).toMatchObject({ code });
    expect(library.earshot.list().map((video) => video.title)).not.toContain(file);
  });

  test.each(
    Object.entries(hard).filter(
      ([, truth]) => truth.audioStreams !== 0 && (truth.duration ?? truth.decodableAbout ?? 0) > 0,
    ),
  )('%s becomes a transcript whose ledgers are whole', async (file, truth) => {
    const result = await ingest(`test/fixtures/speech/hard/${file}`);
    expectWholeLedgers(result);
    const seconds = truth.duration ?? truth.decodableAbout ?? 0;
    expect(Math.abs(result.transcript.durationSeconds - seconds)).toBeLessThan(0.5);
    const { segments } = result.transcript;
    if (truth.speech === false) expect(segments).toEqual([]);
    if (truth.language === 'fr') expect(result.transcript.languageWarning).not.toBeNull();
    else expect(result.transcript.languageWarning).toBeNull();
    if (truth.speech === true && truth.text !== undefined && truth.language === undefined) {
      const errors = wordErrors(truth.text, recognised(result));
      expect(errors.rate).toBeLessThanOrEqual(WORST[file] ?? 0.25);
    }
  });
});
