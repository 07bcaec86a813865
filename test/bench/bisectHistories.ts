import { spawnSync } from 'node:child_process';
import { fixedSizeRuns } from '../../src/profiler/bisect/stageValue.ts';
import { searchCommit } from '../../src/profiler/bisect/searchCommit.ts';
import { linearGraph } from '../../src/profiler/bisect/suspects.ts';
import { seededRandom } from '../../src/profiler/stats/seededRandom.ts';
import { GitRepository } from '../helpers/gitRepository.ts';
import { playedHistory, type PlayedNoise } from '../helpers/playedHistory.ts';
import { positive, readOptions } from './support/arguments.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { builtCli } from './support/places.ts';
import { fixed, percent, table } from './support/table.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const USAGE = `node test/bench/bisectHistories.ts [options]
How often a noise-aware bisect names the commit that made a program slower, and with how many runs of those that
7 v 7 at every step would need. Played histories have simulated noise; real ones are git repositories with a Node
program whose work grows by 40 % at a commit drawn from a seed.
  --histories N  played histories a scenario (50)
  --commits N    commits of each (64)
  --real N       real repositories (3)
  --metric M     what is measured of the real ones: seconds, cpu-seconds (seconds)
  --seed N       of everything (1)
  --json         one JSON line instead of tables`;

const options = readOptions(USAGE, {
  histories: { type: 'string', default: '50' },
  commits: { type: 'string', default: '64' },
  real: { type: 'string', default: '3' },
  metric: { type: 'string', default: 'seconds' },
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
});

const machine = lookAtMachine();
const hardware = describeMachine(machine);
const histories = positive('histories', options.histories);
const commits = positive('commits', options.commits);
const seed = positive('seed', options.seed);
const fixedRuns = fixedSizeRuns(commits, 7);

interface Scenario {
  readonly name: string;
  readonly factor: number;
  readonly noise: PlayedNoise;
}

const SCENARIOS: readonly Scenario[] = [
  { name: '+100 %, noise 5 %', factor: 2, noise: { cv: 0.05, outliers: 0.05, jump: 1 } },
  { name: '+40 %, noise 5 %', factor: 1.4, noise: { cv: 0.05, outliers: 0.05, jump: 1 } },
  {
    name: '+40 %, noise 5 %, machine 19 % slower midway',
    factor: 1.4,
    noise: { cv: 0.05, outliers: 0.05, jump: 1.19 },
  },
  { name: '+40 %, noise 10 %', factor: 1.4, noise: { cv: 0.1, outliers: 0.05, jump: 1 } },
  { name: '+20 %, noise 5 %', factor: 1.2, noise: { cv: 0.05, outliers: 0.05, jump: 1 } },
  { name: '+20 %, noise 10 %', factor: 1.2, noise: { cv: 0.1, outliers: 0.05, jump: 1 } },
  { name: 'no difference, noise 5 %', factor: 1, noise: { cv: 0.05, outliers: 0.05, jump: 1 } },
];

const played = [];
for (const scenario of SCENARIOS) played.push(await play(scenario));
const real = [];
for (let i = 0; i < Number(options.real); i += 1) real.push(bisectRepository(i));

if (options.json) {
  console.log(JSON.stringify({ hardware, machine, commits, histories, fixedRuns, played, real }));
} else {
  console.log(
    `${hardware}\n${histories} played histories of ${commits} commits; fixed size: ${fixedRuns} runs\n`,
  );
  console.log(
    table(
      ['played', 'right', 'wrong', 'undecided', 'runs', 'most', 'of fixed size'],
      played.map((row) => [
        row.name,
        percent(row.right),
        percent(row.wrong),
        percent(row.undecided),
        fixed(row.runs, 1),
        String(row.mostRuns),
        percent(row.runs / fixedRuns),
      ]),
    ),
  );
  if (real.length > 0) {
    console.log(
      `\n${table(
        ['real repository', 'slow commit', 'named', 'runs', 'warm-ups', 'of fixed size', 'seconds'],
        real.map((row, i) => [
          `${i + 1}, ${options.metric}`,
          String(row.guilty),
          row.named ?? row.outcome,
          String(row.runs),
          String(row.warmUps),
          percent(row.runs / fixedRuns),
          fixed(row.seconds, 0),
        ]),
      )}`,
    );
  }
}

async function play({ name, factor, noise }: Scenario) {
  const counts = { right: 0, wrong: 0, undecided: 0 };
  let runs = 0;
  let mostRuns = 0;
  for (let i = 0; i < histories; i += 1) {
    const { guilty, runner } = playedHistory(commits, factor, noise, (seed + i) * 7919);
    const result = await searchCommit(linearGraph(commits), runner);
    runs += result.runs;
    mostRuns = Math.max(mostRuns, result.runs);
    const truth = factor > 1 && result.suspects[0] === guilty;
    counts[result.outcome !== 'found' ? 'undecided' : truth ? 'right' : 'wrong'] += 1;
  }
  const share = (count: number): number => count / histories;
  return {
    name,
    right: share(counts.right),
    wrong: share(counts.wrong),
    undecided: share(counts.undecided),
    runs: runs / histories,
    mostRuns,
  };
}

interface BisectRecord {
  readonly outcome: string;
  readonly commit: { readonly subject: string } | null;
  readonly runs: number;
  readonly warmUps: number;
}

function bisectRepository(index: number) {
  using repository = new GitRepository();
  using home = temporaryFolder(false);
  const guilty = 1 + Math.floor(seededRandom(seed * 104_729 + index)() * commits);
  for (let i = 0; i <= commits; i += 1) {
    const passes = i >= guilty ? 140 : 100;
    repository.commit(`Change ${i}`, {
      'job.mjs': `// revision ${i}
let x = 1;
for (let i = 0; i < ${passes} * 90_000; i += 1) x = (x * 1103515245 + 12345) % 2147483648;
console.log(x > 0);
`,
    });
  }
  const startedAt = performance.now();
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      builtCli(),
      ...['--home', home.path, 'profile', 'bisect', '--json', '--metric', options.metric],
      ...['--good', `HEAD~${commits}`, '--', process.execPath, 'job.mjs'],
    ],
    { cwd: repository.folder, encoding: 'utf8' },
  );
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.includes('"result"')) throw new Error(`${line}\n${stderr}`);
  const { outcome, commit, runs, warmUps } = JSON.parse(line) as BisectRecord;
  const seconds = (performance.now() - startedAt) / 1000;
  const named = commit?.subject.replace('Change ', '') ?? null;
  return { guilty, named, outcome, runs, warmUps, seconds };
}
