import { totalLoads } from '../../src/profiler/model/workAccount.ts';
import { stageTable } from '../../src/profiler/report/stageTable.ts';
import type { IngestResult } from '../../src/protocol/ingest.ts';
import { positive, readOptions } from './support/arguments.ts';
import { exportedRun, ingestFile } from './support/ingestion.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { builtCli } from './support/places.ts';
import { makeRecording } from './support/recording.ts';
import { scoreSpeakers, wordErrorRate } from './support/scores.ts';
import { sum } from './support/statistics.ts';
import { fixed, megabytes, percent, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const USAGE = `node test/bench/longRecording.ts [options]
Ingests a made recording with the built command line in a fresh home and measures the whole process tree.
  --minutes N     length of the recording (10)
  --speakers N    voices in it (3)
  --seed N        which recording (1)
  --processes N   inference processes (as many as cores)
  --model NAME    recognition model (the default one)
  --json          one JSON line instead of tables
  --keep          keep the recording and the library`;

const options = readOptions(USAGE, {
  minutes: { type: 'string', default: '10' },
  speakers: { type: 'string', default: '3' },
  seed: { type: 'string', default: '1' },
  processes: { type: 'string' },
  model: { type: 'string' },
  json: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
});

builtCli();
const machine = lookAtMachine();
const hardware = describeMachine(machine);
using folder = temporaryFolder(options.keep);
const recording = makeRecording({
  folder: folder.path,
  minutes: positive('minutes', options.minutes),
  seed: positive('seed', options.seed),
  speakers: positive('speakers', options.speakers),
});
const home = folder.sub('home');
const { measured, result } = await ingestFile(recording.wav, {
  home,
  processes: options.processes === undefined ? undefined : positive('processes', options.processes),
  model: options.model,
});
const run = await exportedRun(result.id, home);
const { transcript, ledger } = result;
const covered = sum(
  ledger.embeddings.buckets
    .filter(({ name }) => name === 'own' || name === 'widened')
    .map(({ amount }) => amount),
);
const report = {
  benchmark: 'longRecording',
  at: new Date().toISOString(),
  machine,
  options,
  audioSeconds: recording.seconds,
  processes: run.environment.threads,
  /** From the start of the program to its end. */
  wallSeconds: measured.wallSeconds,
  cpuSeconds: measured.cpuSeconds,
  realTimeFactor: measured.wallSeconds / recording.seconds,
  audioHoursPerHour: recording.seconds / measured.wallSeconds,
  /** What the run says of itself: without the start of the program. */
  run: { wallSeconds: result.wallSeconds, realTimeFactor: result.realTimeFactor },
  peak: measured.peak,
  stages: stagesOf(result),
  loads: Object.fromEntries(totalLoads(run.work)),
  coverage: ledger.embeddings.total === 0 ? null : covered / ledger.embeddings.total,
  ledgerPercent: {
    audio: percentSum(ledger.audio.buckets),
    embeddings: percentSum(ledger.embeddings.buckets),
  },
  wordErrorRate: wordErrorRate(
    recording.words,
    transcript.segments.map(({ text }) => text).join(' '),
  ),
  diarisation: {
    turns: transcript.turns ? scoreSpeakers(recording.turns, transcript.turns) : null,
    segments: scoreSpeakers(recording.turns, transcript.segments),
  },
  speakers: { truth: recording.speakers, found: transcript.speakers.length },
  segments: transcript.segments.length,
};
if (options.json) console.log(JSON.stringify(report));
else print();

function stagesOf({ stages }: IngestResult) {
  const cpu = new Map(stageTable(run).map(({ stage, cpuSeconds }) => [stage, cpuSeconds]));
  return stages.map((stage) => ({ ...stage, cpuSeconds: cpu.get(stage.stage) ?? null }));
}

function percentSum(buckets: readonly { readonly percent: number }[]): string {
  return sum(buckets.map(({ percent: share }) => share)).toFixed(2);
}

function print(): void {
  console.log(`${hardware}\n`);
  const { peak, diarisation, speakers } = report;
  const speed = (factor: number | null) => (factor ? `${(1 / factor).toFixed(1)} h/h` : '–');
  console.log(
    table(
      ['figure', 'value'],
      [
        ['audio', `${fixed(report.audioSeconds, 1)} s`],
        ['inference processes', String(report.processes ?? '–')],
        ['wall time, program start to end', `${fixed(report.wallSeconds)} s`],
        ['RTF of the program', fixed(report.realTimeFactor, 4)],
        ['audio hours per hour', speed(report.realTimeFactor)],
        ['wall time of the run alone', `${fixed(report.run.wallSeconds)} s`],
        ['RTF of the run alone', fixed(report.run.realTimeFactor, 4)],
        ['CPU time, all processes', `${fixed(report.cpuSeconds)} s`],
        [
          'CPU s per audio s',
          fixed(report.cpuSeconds && report.cpuSeconds / report.audioSeconds, 4),
        ],
        ['peak memory of the tree, RSS', megabytes(peak.residentBytes)],
        ['peak memory of the tree, PSS', megabytes(peak.proportionalBytes)],
        ['processes at most', String(peak.processes)],
        ['coverage, own and widened', percent(report.coverage)],
        ['audio ledger sums to', `${report.ledgerPercent.audio} %`],
        ['embedding ledger sums to', `${report.ledgerPercent.embeddings} %`],
        ['word error rate', percent(report.wordErrorRate)],
        ['DER of turns, collar 0.25 s', percent(diarisation.turns?.collar250 ?? null)],
        ['DER of turns, no collar', percent(diarisation.turns?.collar0 ?? null)],
        ['DER of segments, collar 0.25 s', percent(diarisation.segments.collar250)],
        ['DER of segments, no collar', percent(diarisation.segments.collar0)],
        ['speakers found / true', `${speakers.found} / ${speakers.truth}`],
        ['segments', String(report.segments)],
      ],
    ),
  );
  const rows = report.stages.map((stage) => [
    stage.stage,
    fixed(stage.busySeconds),
    fixed(stage.elapsedSeconds),
    fixed(stage.cpuSeconds),
    fixed(stage.cpuSeconds && stage.cpuSeconds / report.audioSeconds, 4),
    fixed(stage.realTimeFactor, 4),
    stage.throughput === null ? '–' : `${fixed(stage.throughput)} ${stage.unit}/s`,
    `${stage.itemsOut}/${stage.itemsIn}`,
  ]);
  const head = ['stage', 'busy s', 'elapsed s', 'CPU s', 'CPU s/s', 'RTF', 'throughput', 'out/in'];
  console.log(`\n${table(head, rows)}\n`);
  const loads = Object.entries(report.loads).map(([what, times]) => [what, String(times)]);
  console.log(table(['loaded', 'times'], loads));
}
