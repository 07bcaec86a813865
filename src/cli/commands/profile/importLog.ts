import { basename, resolve } from 'node:path';
import { loadConfig } from '../../../pipeline/config/loadConfig.ts';
import { EXIT } from '../../exitCodes.ts';
import { judgeStoredRuns } from '../../keepJudgement.ts';
import { runResult } from '../../runResult.ts';
import type { Session } from '../../session.ts';
import { logReport } from './logReport.ts';

export interface LogFlags {
  readonly name?: string;
  readonly series?: string;
  readonly pattern?: readonly string[];
  readonly unmatched?: boolean;
  readonly templates?: boolean;
}

/** `profile log FILE`: reads a plain log into a run, keeps it, and says what was found in it. */
export async function importLog(session: Session, file: string, flags: LogFlags): Promise<number> {
  const { io, output, cancellation } = session;
  const configured = loadConfig(io.cwd)?.config.logPatterns ?? [];
  const given = (flags.pattern ?? []).map((pattern) => ({ pattern }));
  const { importRun } = await import('../../../profiler/importers/importRun.ts');
  const run = await importRun([file === '-' ? file : resolve(io.cwd, file)], {
    name: flags.name ?? (file === '-' ? 'stdin' : basename(file)),
    as: 'log',
    stdin: io.stdin,
    options: { logPatterns: [...given, ...configured] },
    signal: cancellation.signal,
  });
  (await session.library()).profiles.put(run, flags.series);
  output.result(logReport(run, flags, output.columns));
  for (const { offset, reason } of run.provenance.rejected.slice(0, 10)) {
    output.warning(offset === null ? reason : `byte ${offset}: ${reason}`);
  }
  output.info(`\nWhat is wrong with it: earshot profile report ${run.id.slice(0, 8)}`);
  output.record(runResult(run));
  await judgeStoredRuns(session, [run.id]);
  return run.provenance.rejectedCount > 0 ? EXIT.partly : EXIT.ok;
}
