import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { positive, readOptions } from './support/arguments.ts';
import { ingestFile } from './support/ingestion.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { measure, type MeasuredRun } from './support/measuredProcess.ts';
import { benchFile, builtCli } from './support/places.ts';
import { OFFLINE, pythonWith } from './support/pythonPeer.ts';
import { makeRecording } from './support/recording.ts';
import { type DiarisationScore, scoreSpeakers, wordErrorRate } from './support/scores.ts';
import { median } from './support/statistics.ts';
import { fixed, megabytes, percent, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const USAGE = `node test/bench/peer.ts [options]
One recording through Earshot and through moonshine-voice, in turn: A B B A.
  --minutes N        length of the recording (3)
  --speakers N       voices in it (3)
  --rounds N         how often A B B A (1)
  --words-only       the peer leaves speakers out; Earshot does everything all the same
  --cluster-every S  of the peer: seconds of audio between two groupings of the voices (its default)
  --analyse-every S  of the peer: seconds of audio between two looks for voices (its default)
  --json             one JSON line instead of a table
  --keep             keep the recording and the libraries`;
/** The last version that brings its recognition and voice models along. */
const PEER = 'moonshine-voice==0.1.0';

const options = readOptions(USAGE, {
  minutes: { type: 'string', default: '3' },
  speakers: { type: 'string', default: '3' },
  rounds: { type: 'string', default: '1' },
  'words-only': { type: 'boolean', default: false },
  'cluster-every': { type: 'string' },
  'analyse-every': { type: 'string' },
  json: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
});

interface Outcome {
  readonly measured: MeasuredRun;
  readonly version: string;
  readonly wordErrorRate: number;
  readonly diarisation: DiarisationScore | null;
  readonly speakers: number;
}

builtCli();
const python = pythonWith('moonshine-voice', [PEER]);
const machine = lookAtMachine();
const hardware = describeMachine(machine);
using folder = temporaryFolder(options.keep);
const recording = makeRecording({
  folder: folder.path,
  minutes: positive('minutes', options.minutes),
  seed: 1,
  speakers: positive('speakers', options.speakers),
});
const outcomes: Record<'earshot' | 'peer', Outcome[]> = { earshot: [], peer: [] };
for (let round = 0; round < positive('rounds', options.rounds); round++) {
  outcomes.earshot.push(await ingest());
  outcomes.peer.push(await transcribe(), await transcribe());
  outcomes.earshot.push(await ingest());
}

const report = {
  benchmark: 'peer',
  at: new Date().toISOString(),
  machine,
  options,
  audioSeconds: recording.seconds,
  trueSpeakers: recording.speakers,
  earshot: figures(outcomes.earshot),
  peer: figures(outcomes.peer),
};
if (options.json) console.log(JSON.stringify(report));
else print();

/** A: the built command line in a fresh home, decoding, storing and embedding included. */
async function ingest(): Promise<Outcome> {
  const home = folder.sub(`home-${outcomes.earshot.length}`);
  const { measured, result } = await ingestFile(recording.wav, { home });
  const { transcript } = result;
  const turns = transcript.turns ?? transcript.segments;
  return {
    measured,
    version: earshotVersion(),
    wordErrorRate: wordErrorRate(
      recording.words,
      transcript.segments.map(({ text }) => text).join(' '),
    ),
    diarisation: scoreSpeakers(recording.turns, turns),
    speakers: transcript.speakers.length,
  };
}

/** B: the peer as a program of its own. */
async function transcribe(): Promise<Outcome> {
  const measured = await measure(
    python,
    [
      ...[benchFile('peers/moonshineVoice.py'), recording.wav],
      ...(options['words-only'] ? ['--words-only'] : []),
      ...flag('cluster-every'),
      ...flag('analyse-every'),
    ],
    { env: OFFLINE },
  );
  const { version, text, turns } = z
    .object({
      version: z.string(),
      text: z.string(),
      turns: z.array(z.object({ start: z.number(), end: z.number(), speaker: z.string() })),
    })
    .parse(JSON.parse(measured.stdout.trimEnd().split('\n').at(-1) ?? ''));
  return {
    measured,
    version,
    wordErrorRate: wordErrorRate(recording.words, text),
    diarisation: turns.length === 0 ? null : scoreSpeakers(recording.turns, turns),
    speakers: new Set(turns.map(({ speaker }) => speaker)).size,
  };
}

function flag(name: 'cluster-every' | 'analyse-every'): string[] {
  const value = options[name];
  return value === undefined ? [] : [`--${name}`, value];
}

function earshotVersion(): string {
  const manifest = join(import.meta.dirname, '../../package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8')))
    .version;
}

function figures(runs: readonly Outcome[]) {
  const last = runs.at(-1)!;
  return {
    version: last.version,
    wallSeconds: median(runs.map(({ measured }) => measured.wallSeconds)),
    cpuSeconds: median(runs.map(({ measured }) => measured.cpuSeconds ?? NaN)),
    peakBytes: Math.max(...runs.map(({ measured }) => measured.peak.residentBytes ?? 0)),
    walls: runs.map(({ measured }) => measured.wallSeconds),
    wordErrorRate: last.wordErrorRate,
    diarisation: last.diarisation,
    speakers: last.speakers,
  };
}

function print(): void {
  const { earshot, peer, audioSeconds } = report;
  const ratio = (a: number, b: number) => `${(b / a).toFixed(2)}×`;
  const row = (title: string, a: number, b: number) => [title, fixed(a), fixed(b), ratio(a, b)];
  console.log(
    `${hardware}\n\n${fixed(audioSeconds, 1)} s of audio, medians of ${earshot.walls.length} runs each\n`,
  );
  console.log(
    table(
      ['figure', `Earshot ${earshot.version}`, `moonshine-voice ${peer.version}`, 'ratio'],
      [
        row('wall s', earshot.wallSeconds, peer.wallSeconds),
        row('CPU s', earshot.cpuSeconds, peer.cpuSeconds),
        [
          'RTF',
          fixed(earshot.wallSeconds / audioSeconds, 4),
          fixed(peer.wallSeconds / audioSeconds, 4),
          '',
        ],
        ['peak RSS of the tree', megabytes(earshot.peakBytes), megabytes(peer.peakBytes), ''],
        ['word error rate', percent(earshot.wordErrorRate), percent(peer.wordErrorRate), ''],
        [
          'DER, collar 0.25 s',
          percent(earshot.diarisation?.collar250 ?? null),
          percent(peer.diarisation?.collar250 ?? null),
          '',
        ],
        [
          `speakers (true: ${report.trueSpeakers})`,
          String(earshot.speakers),
          options['words-only'] ? '–' : String(peer.speakers),
          '',
        ],
      ],
    ),
  );
  console.log(
    '\nBoth start as programs and load their models from the disk, offline. Beyond the peer, Earshot decodes with ffmpeg, ' +
      'keeps a voice vector for each segment,\nembeds the texts, and stores all of it searchable and resumable.',
  );
}
