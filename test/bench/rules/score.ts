import { diagnose } from '../../../src/profiler/diagnosis/diagnose.ts';
import type { Finding, FindingKind } from '../../../src/profiler/diagnosis/finding.ts';
import { importRun } from '../../../src/profiler/importers/importRun.ts';
import { ProfilerError } from '../../../src/profiler/model/profilerError.ts';
import type { Run } from '../../../src/profiler/model/run.ts';
import type { RuleCase } from './cases.ts';

/** What the rules made of one run. */
export interface CaseResult {
  readonly case: RuleCase;
  readonly found: readonly FindingKind[];
  readonly missed: readonly FindingKind[];
  readonly falseAlarms: readonly Finding[];
  /** Seconds named by the finding over the seconds that the fix saved; null where there is no such truth. */
  readonly wasteRatio: number | null;
}

export interface Score {
  readonly faulty: number;
  readonly clean: number;
  readonly precision: number;
  readonly recall: number;
  /** Share of the findings with a measured truth whose seconds lie within 10 % of it, and how many there are. */
  readonly within10: number;
  readonly measured: number;
  readonly results: readonly CaseResult[];
}

/** What is as true as the fault itself: a target that was missed because of it. */
const TRUE_BESIDE: ReadonlySet<FindingKind> = new Set<FindingKind>(['target-missed']);

const WITHIN = 0.1;

/** Runs the rules over all cases. Files that are no profile at all are left out. */
export async function scoreRules(cases: readonly RuleCase[]): Promise<Score> {
  const results: CaseResult[] = [];
  for (const each of cases) {
    const result = await resultOf(each);
    if (result !== null) results.push(result);
  }
  const found = results.reduce((sum, each) => sum + each.found.length, 0);
  const missed = results.reduce((sum, each) => sum + each.missed.length, 0);
  const alarms = results.reduce((sum, each) => sum + each.falseAlarms.length, 0);
  const ratios = results.flatMap(({ wasteRatio }) => (wasteRatio === null ? [] : [wasteRatio]));
  return {
    faulty: results.filter((each) => each.case.faults.length > 0).length,
    clean: results.filter((each) => each.case.faults.length === 0).length,
    precision: found + alarms === 0 ? 1 : found / (found + alarms),
    recall: found + missed === 0 ? 1 : found / (found + missed),
    within10:
      ratios.filter((ratio) => Math.abs(ratio - 1) <= WITHIN).length / Math.max(1, ratios.length),
    measured: ratios.length,
    results,
  };
}

async function resultOf(each: RuleCase): Promise<CaseResult | null> {
  const run = await imported(each.file);
  if (run === null) return null;
  const baseline = each.baseline === null ? null : await imported(each.baseline);
  const findings = diagnose(run, { targets: [], baseline });
  const found = each.faults.filter((fault) => findings.some(({ kind }) => kind === fault));
  const first = new Set(found.map((fault) => findings.findIndex(({ kind }) => kind === fault)));
  const wasted = findings.find(({ kind }) => kind === each.faults[0])?.wastedSeconds ?? null;
  return {
    case: each,
    found,
    missed: each.faults.filter((fault) => !found.includes(fault)),
    // The same cause named twice is one finding too many.
    falseAlarms: findings.filter(
      ({ kind }, i) => !first.has(i) && !(each.faults.length > 0 && TRUE_BESIDE.has(kind)),
    ),
    wasteRatio: each.savedSeconds === null || wasted === null ? null : wasted / each.savedSeconds,
  };
}

async function imported(file: string): Promise<Run | null> {
  try {
    return await importRun([file], { signal: new AbortController().signal });
  } catch (error) {
    if (error instanceof ProfilerError) return null;
    throw error;
  }
}
