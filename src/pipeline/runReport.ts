import type { Finding } from '../profiler/diagnosis/finding.ts';
import { decodeRun } from '../profiler/model/runCodec.ts';
import { analyseRun } from '../profiler/report/analyseRun.ts';
import { markdownReport } from '../profiler/report/markdownReport.ts';
import type { FindingSummary } from '../protocol/finding.ts';
import type { RunReport, TargetInfo } from '../protocol/library.ts';
import type { RunRow } from '../store/runs.ts';
import { stageLimits } from './config/stageTarget.ts';
import type { LoadedConfig } from './config/loadConfig.ts';

/** What is said of a stored run of the pipeline: a document, and its findings in short. */
export function runReport(
  row: RunRow,
  targets: readonly TargetInfo[],
  config: LoadedConfig | null,
): RunReport {
  const { id: runId, name: title } = row;
  const run = { ...decodeRun(row.run), name: title };
  const demands = { targets, stageLimits: stageLimits(config), baseline: null };
  const analysis = analyseRun(run, demands);
  const findings = analysis.findings.map(inShort);
  return { runId, title, markdown: markdownReport(analysis), findings };
}

function inShort({ kind, severity, title, wastedSeconds, fix }: Finding): FindingSummary {
  return { kind, severity, title, wastedSeconds, fix };
}
