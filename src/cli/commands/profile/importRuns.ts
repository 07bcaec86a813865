import { loadConfig } from '../../../pipeline/config/loadConfig.ts';
import { importRun } from '../../../profiler/importers/importRun.ts';
import type { ImportFormat } from '../../../profiler/importers/importer.ts';
import type { Run } from '../../../profiler/model/run.ts';
import { TARGET_NAMES } from '../../../profiler/report/targets.ts';
import type { ErrorReport } from '../../../protocol/ingest.ts';
import { errorReport } from '../../errorReport.ts';
import { EXIT, overallExitCode } from '../../exitCodes.ts';
import { ImportProgress } from '../../importProgress.ts';
import { inputFiles } from '../../inputFiles.ts';
import { judgeStoredRuns } from '../../keepJudgement.ts';
import { type RunResult, runResult } from '../../runResult.ts';
import type { Session } from '../../session.ts';
import { importSummary } from './importSummary.ts';

export interface ImportFlags {
  readonly as?: ImportFormat;
  readonly merge?: boolean;
  readonly name?: string;
  readonly series?: string;
  readonly sampleType?: string;
}

interface Failure extends ErrorReport {
  readonly file: string;
}

interface ImportResult extends RunResult {
  readonly note?: string;
}

/** `profile import FILE…`: each file becomes a run, or all of them one. */
export async function importRuns(
  session: Session,
  given: readonly string[],
  flags: ImportFlags,
): Promise<number> {
  const { io, output, cancellation } = session;
  const { signal } = cancellation;
  const files = await inputFiles(given, io.cwd);
  const { profiles } = await session.library();
  const logPatterns = loadConfig(io.cwd, TARGET_NAMES)?.config.logPatterns;
  const options = { sampleType: flags.sampleType, logPatterns };
  const groups = flags.merge === true ? [files] : files.map((file) => [file]);
  const progress = new ImportProgress(io, output, cancellation);
  const results: ImportResult[] = [];
  const failures: Failure[] = [];
  try {
    for (const group of groups) {
      try {
        const run = await importRun(group, {
          name: flags.name,
          as: flags.as,
          options,
          signal,
          stdin: io.stdin,
          onProgress: (file, bytes, size) => progress.show(file, bytes, size),
        });
        profiles.put(run, flags.series);
        progress.clear();
        for (const line of importSummary(run, output.sidePalette)) output.info(line);
        const note = flags.as === undefined ? logNote(run, files.length > 1) : null;
        if (note !== null) output.warning(note, 'Say what it is with --as FORMAT.');
        const result = { ...runResult(run), ...(note === null ? {} : { note }) };
        results.push(result);
        if (groups.length > 1) output.record({ ...result, type: 'run' });
      } catch (error) {
        progress.clear();
        if (signal.aborted) return cancelled(session, results);
        if (groups.length === 1) throw error;
        const failure = { file: group.join(', '), ...errorReport(error) };
        failures.push(failure);
        output.record({ type: 'failed', file: failure.file, error: errorReport(error) });
        output.failure(failure, failure.file);
        output.debug(error);
      }
    }
  } finally {
    progress.dispose();
  }
  const last = results.at(-1);
  if (last !== undefined) {
    output.record(groups.length > 1 ? { ...last, runs: results, failures } : last);
  }
  await judgeStoredRuns(
    session,
    results.map(({ runId }) => runId),
  );
  const codes = failures.map(({ code }) => code);
  const partly = results.some(({ rejected }) => rejected > 0);
  if (codes.length === 0 && partly) return EXIT.partly;
  return overallExitCode(results.length, codes, false);
}

/** What a person should know of a file that was read as a log because it was nothing else; null where it looks like one. */
function logNote(
  { name, log, provenance, instants, strings }: Run,
  several: boolean,
): string | null {
  if (provenance.format !== 'log' || log === null) return null;
  const onlyLine = log.lines === 1 ? strings[instants.textId[0] ?? 0] : undefined;
  const isJson = onlyLine !== undefined && /^\s*[[{]/u.test(onlyLine);
  return isJson || (several && !log.timed) ? `${name} was taken for a plain log.` : null;
}

function cancelled({ output }: Session, results: readonly RunResult[]): number {
  output.record({ type: 'cancelled', runs: results });
  output.info('Cancelled.');
  return EXIT.cancelled;
}
