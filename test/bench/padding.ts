import { SAMPLE_RATE } from '../../src/pipeline/audio/pcmFile.ts';
import { TaskRunner } from '../../src/pipeline/inference/runTask.ts';
import type { RecognisedClip } from '../../src/pipeline/inference/tasks.ts';
import { planBatches } from '../../src/pipeline/recognition/batches.ts';
import { normalisedWords } from '../helpers/wordErrorRate.ts';
import { positive, readOptions } from './support/arguments.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { productModels } from './support/models.ts';
import { speechFile } from './support/places.ts';
import { decodeLongSource, readTruth } from './support/recording.ts';
import { wordErrorRate } from './support/scores.ts';
import { median, sum } from './support/statistics.ts';
import { fixed, percent, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const USAGE = `node test/bench/padding.ts [options]
Recognises the turns of long-source one by one and in the product's batches: what batching changes, and what it saves.
  --turns N    only the first N turns (all)
  --rounds N   how often each is done, in turn (3)
  --rows N     batches of N clips of like length in place of the product's plan
  --model NAME recognition model (the default one)
  --json       one JSON line instead of a table`;
/** Beside a turn's speech, where no other turn is nearer. */
const MARGIN_SECONDS = 0.1;

const options = readOptions(USAGE, {
  turns: { type: 'string' },
  rounds: { type: 'string', default: '3' },
  rows: { type: 'string' },
  model: { type: 'string' },
  json: { type: 'boolean', default: false },
});

const machine = lookAtMachine();
const hardware = describeMachine(machine);
using folder = temporaryFolder(false);
const pcm = decodeLongSource(folder.path);
const turns = readTruth(speechFile('long-source.json')).turns.slice(
  0,
  options.turns === undefined ? undefined : positive('turns', options.turns),
);
const clips = turns.map(({ start, end }) => ({
  start: Math.max(0, Math.round((start - MARGIN_SECONDS) * SAMPLE_RATE)),
  end: Math.round((end + MARGIN_SECONDS) * SAMPLE_RATE),
}));
const lengths = clips.map(({ start, end }) => end - start);
const audioSeconds = sum(lengths) / SAMPLE_RATE;
const runner = new TaskRunner(await productModels(folder.sub('home'), options.model));
const plans = { alone: clips.map((_, i) => [i]), batched: planned() };
await recognise([[0]]); // loads the models

const cpu: Record<keyof typeof plans, number[]> = { alone: [], batched: [] };
const texts: Record<keyof typeof plans, string[]> = { alone: [], batched: [] };
for (let round = 0; round < positive('rounds', options.rounds); round++) {
  const order = round % 2 === 0 ? (['alone', 'batched'] as const) : (['batched', 'alone'] as const);
  for (const way of order) {
    const before = process.cpuUsage();
    texts[way] = await recognise(plans[way]);
    const used = process.cpuUsage(before);
    cpu[way].push((used.user + used.system) / 1e6 / audioSeconds);
  }
}

const same = (a: string, b: string) =>
  normalisedWords(a).join(' ') === normalisedWords(b).join(' ');
const share = (equal: (text: string, i: number) => boolean) =>
  texts.alone.filter(equal).length / clips.length;
const truth = turns.map(({ text }) => text).join(' ');
const report = {
  benchmark: 'padding',
  at: new Date().toISOString(),
  machine,
  options,
  clips: clips.length,
  audioSeconds,
  identicalTexts: share((text, i) => text === texts.batched[i]),
  identicalWords: share((text, i) => same(text, texts.batched[i] ?? '')),
  alone: figures('alone'),
  batched: figures('batched'),
  changed: texts.alone.flatMap((alone, i) =>
    alone === texts.batched[i] ? [] : [{ alone, batched: texts.batched[i] }],
  ),
};
if (options.json) console.log(JSON.stringify(report));
else print();

/** The product's batches, or of a fixed number of clips, sorted by length all the same. */
function planned(): number[][] {
  if (options.rows === undefined) return planBatches(lengths);
  const rows = Math.ceil(positive('rows', options.rows));
  const order = [...lengths.keys()].sort((a, b) => lengths[b]! - lengths[a]!);
  return Array.from({ length: Math.ceil(order.length / rows) }, (_, b) =>
    order.slice(b * rows, (b + 1) * rows),
  );
}

function figures(way: keyof typeof plans) {
  return {
    batches: plans[way].length,
    wordErrorRate: wordErrorRate(truth, texts[way].join(' ')),
    /** Medians and all rounds of CPU seconds per second of audio. */
    cpuPerAudioSecond: median(cpu[way]),
    rounds: cpu[way],
  };
}

async function recognise(batches: readonly (readonly number[])[]): Promise<string[]> {
  const found: string[] = [];
  for (const batch of batches) {
    const task = {
      type: 'recognise' as const,
      pcm,
      clips: batch.map((i) => clips[i]!),
    };
    const results = (await runner.run(task)) as readonly RecognisedClip[];
    batch.forEach((clip, i) => (found[clip] = results[i]!.text));
  }
  return found;
}

function print(): void {
  const { alone, batched } = report;
  console.log(
    `${hardware}\n\n${report.clips} clips, ${fixed(audioSeconds, 1)} s of audio, one thread\n`,
  );
  console.log(
    table(
      ['figure', 'one by one', 'in batches'],
      [
        ['calls', String(alone.batches), String(batched.batches)],
        ['clips a call', '1.0', fixed(report.clips / batched.batches, 1)],
        ['word error rate', percent(alone.wordErrorRate), percent(batched.wordErrorRate)],
        [
          'CPU s per audio s, median',
          fixed(alone.cpuPerAudioSecond, 4),
          fixed(batched.cpuPerAudioSecond, 4),
        ],
        ['identical texts', '', percent(report.identicalTexts)],
        ['identical words', '', percent(report.identicalWords)],
      ],
    ),
  );
  for (const { alone: one, batched: many } of report.changed.slice(0, 10)) {
    console.log(`\n  one by one: ${one}\n  in batches: ${many}`);
  }
}
