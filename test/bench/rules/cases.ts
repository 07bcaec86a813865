import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FindingKind } from '../../../src/profiler/diagnosis/finding.ts';

const fixtures = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'fixtures');

/** A run of which it is known what is wrong with it. */
export interface RuleCase {
  /** Path. */
  readonly file: string;
  /** Path of the run it is compared with, or null. */
  readonly baseline: string | null;
  /** What is wrong; empty for a run with which nothing is. */
  readonly faults: readonly FindingKind[];
  /** Seconds that fixing the fault saved when it was fixed; null where it costs no time or nobody measured it. */
  readonly savedSeconds: number | null;
  /** Language and format, or where the file comes from. */
  readonly origin: string;
}

interface Seeded {
  readonly file: string;
  readonly language: string;
  readonly fault: FindingKind | null;
  readonly seconds: number;
  readonly fixedSeconds?: number;
  readonly baseline?: string;
}

/** Faults that cost items or trust instead of time. */
const TIMELESS: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'device-mismatch',
  'low-coverage',
  'coverage-leak',
  'false-speed-up',
  'critical-path shift',
  'contradictory-targets',
  'broken-instrument',
  'target-missed',
]);

/** Runs of small programs with a switch for faults (test/fixtures/profiles/seeded/makers). */
function seededCases(): RuleCase[] {
  const home = join(fixtures, 'profiles', 'seeded');
  const listed = JSON.parse(readFileSync(join(home, 'seeded.json'), 'utf8')) as Seeded[];
  return listed.map(({ file, language, fault, seconds, fixedSeconds, baseline }) => ({
    file: join(home, file),
    baseline: baseline === undefined ? null : join(home, baseline),
    faults: fault === null ? [] : [fault],
    savedSeconds:
      fault === null || TIMELESS.has(fault) || fixedSeconds === undefined
        ? null
        : seconds - fixedSeconds,
    origin: `${language} ${/\.(?<format>(?:\w+\.)?\w+)\.gz$/u.exec(file)?.groups?.['format'] ?? ''}`,
  }));
}

const STORY: readonly FindingKind[] = [
  'repeated-load',
  'low-coverage',
  'serialised-batch',
  'contradictory-targets',
  'broken-instrument',
];

/** Logs like the one of the story Earshot grew from, each with a healthy counterpart. */
function storyCases(): RuleCase[] {
  const home = join(fixtures, 'logs-story');
  return readdirSync(home)
    .filter((name) => name.endsWith('.log'))
    .map((name) => ({
      file: join(home, name),
      baseline: null,
      faults: name.includes('.healthy.') ? [] : STORY,
      savedSeconds: null,
      origin: 'story',
    }));
}

/** The same faults in the words of other programs and trades; `expected.json` says what is wrong in each. */
function wordingCases(): RuleCase[] {
  const home = join(fixtures, 'logs-story', 'wordings');
  const expected = JSON.parse(readFileSync(join(home, 'expected.json'), 'utf8')) as Record<
    string,
    FindingKind[]
  >;
  return Object.entries(expected).map(([name, faults]) => ({
    file: join(home, name),
    baseline: null,
    faults,
    savedSeconds: null,
    origin: 'story',
  }));
}

/** Logs that other people's tools wrote of work with which nothing is wrong (test/fixtures/logs-foreign). */
function foreignLogs(): RuleCase[] {
  const home = join(fixtures, 'logs-foreign');
  return readdirSync(home)
    .filter((name) => name.endsWith('.log'))
    .map((name) => ({
      file: join(home, name),
      baseline: null,
      faults: [],
      savedSeconds: null,
      origin: 'log',
    }));
}

/**
 * What some twenty logging packages made of the same lines, two of which tell of a missed target
 * (test/fixtures/profiles/logs). The shape of two of them leaves the target of the coverage out.
 */
function loggerCases(): RuleCase[] {
  const home = join(fixtures, 'profiles', 'logs');
  return readdirSync(home)
    .filter((name) => name.endsWith('.log'))
    .map((name) => ({
      file: join(home, name),
      baseline: null,
      faults: [name.startsWith('structlog') ? 'target-missed' : 'low-coverage'],
      savedSeconds: null,
      origin: 'logger',
    }));
}

/** Profiles that other people's tools wrote of programs with which nothing is wrong. */
function foreignCases(): RuleCase[] {
  const home = join(fixtures, 'profiles');
  const files = existsSync(home) ? (readdirSync(home, { recursive: true }) as string[]) : [];
  return files
    .filter((name) => FOREIGN.test(name) && !/^(?:seeded|logs)[/\\]|expected/u.test(name))
    .sort()
    .map((name) => ({
      file: join(home, name),
      baseline: null,
      faults: [],
      savedSeconds: null,
      origin: 'tool',
    }));
}

const FOREIGN = /\.(?:json|jsonl|pb|gz|cpuprofile|prof|collapsed|folded|pprof|log|txt|perf)$/u;

export function allCases(): RuleCase[] {
  return [
    ...seededCases(),
    ...storyCases(),
    ...wordingCases(),
    ...loggerCases(),
    ...foreignLogs(),
    ...foreignCases(),
  ];
}
