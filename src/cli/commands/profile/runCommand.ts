import { basename, resolve } from 'node:path';
import { loadConfig } from '../../../pipeline/config/loadConfig.ts';
import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import type { LaunchRequest } from '../../../profiler/launcher/launch.ts';
import { TARGET_NAMES } from '../../../profiler/report/targets.ts';
import { judgeStoredRuns } from '../../keepJudgement.ts';
import { runResult } from '../../runResult.ts';
import type { Session } from '../../session.ts';
import { runSummary } from './runSummary.ts';

export interface RunFlags {
  readonly name?: string;
  readonly series?: string;
  readonly cwd?: string;
  readonly sample?: boolean;
  readonly minFileSize?: number;
  /** False for `--no-files`. */
  readonly files: boolean;
  /** False for `--no-otel`. */
  readonly otel: boolean;
  readonly terminal?: boolean;
}

/** `profile run -- COMMAND…`: runs a program, keeps its run, and gives the program's exit code. */
export async function runCommand(
  session: Session,
  command: readonly string[],
  flags: RunFlags,
): Promise<number> {
  const { io, output, cancellation } = session;
  const [program = '', ...args] = command;
  const logPatterns = loadConfig(io.cwd, TARGET_NAMES)?.config.logPatterns ?? [];
  // Before the program: a library that cannot be written would cost the whole run.
  const library = await session.library();
  const request: LaunchRequest = {
    command: [program, ...args],
    cwd: resolve(io.cwd, flags.cwd ?? '.'),
    env: io.env,
    name: flags.name ?? nameOf(program, args),
    signal: cancellation.signal,
    stdout: output.json ? io.stderr : io.stdout,
    stderr: io.stderr,
    stdin: 'inherit',
    receive: flags.otel,
    watchFiles: flags.files,
    sample: flags.sample === true,
    ownTerminal: flags.terminal === true,
    onSignal: (forward) => cancellation.handOver(forward),
    version: io.version,
    logPatterns,
    ...(flags.minFileSize === undefined ? {} : { minFileBytes: flags.minFileSize }),
  };
  const { launch } = await import('../../../profiler/launcher/launch.ts');
  const { run, exitCode, notes } = await launch(request);
  library.profiles.put(run, flags.series);
  for (const line of runSummary(run, output.sidePalette)) output.info(line);
  for (const note of notes) output.info(`  ${singleLine(note)}`);
  output.info(`  → earshot profile report ${run.id.slice(0, 8)}`);
  output.record({ ...runResult(run), exitCode, notes });
  await judgeStoredRuns(session, [run.id]);
  return exitCode;
}

/** `python3 job.py` for `python3 -u job.py --fast`: the program, and the script that it runs. */
function nameOf(program: string, args: readonly string[]): string {
  const script = args.find((arg) => !arg.startsWith('-'));
  const withScript = script !== undefined && /\.\w{1,5}$/u.test(script);
  return withScript ? `${basename(program)} ${basename(script)}` : basename(program);
}
