/**
 * Runs every check there is, and says at the end what each took and how many tests passed. A step in which no test ran
 * has failed. Called by scripts/check, which installs the packages first.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTap, countVitest, type Counts } from './checkCounts.mts';

interface Step {
  readonly name: string;
  readonly minutes: number;
  /** Commands in order; the last one's tests count. */
  readonly commands: readonly (readonly string[])[];
  /** Reads the counts from the file that the last command was told to write; absent: the step is one check. */
  readonly count?: (report: string) => Counts;
}

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'earshot-check-'));
const report = join(scratch, 'report');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

const vitest = (project: string): string[] => [
  bin('vitest'),
  ...['run', '--project', project, '--reporter=default', '--reporter=json'],
  `--outputFile.json=${report}`,
];

const STEPS: readonly Step[] = [
  { name: 'format', minutes: 2, commands: [[bin('prettier'), '--check', '.']] },
  { name: 'types', minutes: 3, commands: [[bin('tsc'), '-b']] },
  { name: 'lint', minutes: 5, commands: [[bin('eslint'), '.', '--max-warnings', '0']] },
  { name: 'build', minutes: 2, commands: [[process.execPath, 'esbuild.mjs']] },
  { name: 'unit', minutes: 5, commands: [vitest('unit')], count: countVitest },
  {
    name: 'integration',
    minutes: 14,
    commands: [['scripts/testNeeds'], vitest('integration')],
    count: countVitest,
  },
  {
    name: 'package',
    minutes: 4,
    commands: [[process.execPath, 'scripts/package.mts'], vitest('package')],
    count: countVitest,
  },
  { name: 'e2e', minutes: 14, commands: [['test/e2e/install.sh'], endToEnd()], count: countTap },
];

/** The command of `npm run test:e2e`, with a second reporter to count by. */
function endToEnd(): string[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [node, test, ...rest] = (manifest.scripts['test:e2e'] ?? '').split(' ');
  if (node !== 'node' || test !== '--test') throw new Error('test:e2e is not a `node --test`');
  const reporters = ['spec', 'tap'].map((name) => `--test-reporter=${name}`);
  const destinations = ['stdout', report].map((name) => `--test-reporter-destination=${name}`);
  return [process.execPath, '--test', ...reporters, ...destinations, ...rest];
}

const interruption = new AbortController();

/** Runs a command in its own process group, so that nothing of it outlives its time. */
async function run(command: readonly string[], deadline: number): Promise<string | undefined> {
  const [file, ...args] = command;
  const child = spawn(file ?? '', args, { cwd: root, stdio: 'inherit', detached: true });
  const end = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // It has ended by itself.
    }
  };
  const forward = (): void => {
    end('SIGTERM');
    interruption.abort();
  };
  process.once('SIGINT', forward).once('SIGTERM', forward);
  let late = false;
  const timer = setTimeout(
    () => {
      late = true;
      end('SIGKILL');
    },
    Math.max(deadline - Date.now(), 0),
  );
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => {
        resolve(error.message);
      });
      child.once('close', (code, signal) => {
        if (late) resolve('took too long and was stopped');
        else resolve(code === 0 ? undefined : `ended with ${String(code ?? signal)}`);
      });
    });
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', forward).off('SIGTERM', forward);
  }
}

async function runStep(step: Step): Promise<Counts & { problem?: string }> {
  rmSync(report, { force: true });
  const deadline = Date.now() + step.minutes * 60_000;
  let problem: string | undefined;
  for (const command of step.commands) {
    problem = await run(command, deadline);
    if (problem !== undefined) break;
  }
  if (step.count === undefined) {
    const failed = problem === undefined ? 0 : 1;
    return {
      passed: 1 - failed,
      failed,
      skipped: 0,
      ...(problem === undefined ? {} : { problem }),
    };
  }
  const counts = readCounts(step.count);
  if (problem === undefined && counts.passed + counts.failed === 0) problem = 'no test ran';
  // Whatever went wrong outside a test counts as one.
  if (problem !== undefined && counts.failed === 0) counts.failed = 1;
  return problem === undefined ? counts : { ...counts, problem };
}

function readCounts(count: (report: string) => Counts): Counts {
  try {
    return count(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

const wanted = process.argv.slice(2);
if (wanted.includes('--list')) {
  console.log(STEPS.map(({ name }) => name).join('\n'));
  process.exit();
}
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}: see scripts/check --list`);
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const step of STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}`);
  const start = Date.now();
  const { passed, failed, skipped, problem } = await runStep(step);
  const seconds = ((Date.now() - start) / 1000).toFixed(1).padStart(7);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const counted = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped`;
  const line = `${step.name.padEnd(12)}${seconds} s ${counted}${problem === undefined ? '' : `  (${problem})`}`;
  console.log(line);
  lines.push(line);
  if (interruption.signal.aborted) break;
}
rmSync(scratch, { recursive: true, force: true });

console.log(`\n── summary ${'─'.repeat(53)}\n${lines.join('\n')}\n`);
process.exitCode = interruption.signal.aborted ? 130 : total.failed === 0 ? 0 : 1;
const skipped = total.skipped === 0 ? '' : `, ${String(total.skipped)} skipped`;
console.log(`${String(total.passed)} passed, ${String(total.failed)} failed${skipped}`);
