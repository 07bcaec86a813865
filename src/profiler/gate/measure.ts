import { INSTANT_KIND } from '../model/columns.ts';
import { ProfilerError } from '../model/profilerError.ts';
import { type Run, stringOf } from '../model/run.ts';
import { launch } from '../launcher/launch.ts';
import { withoutRepositoryVariables } from './repositoryVariables.ts';

/** A command, and how its runs are made. */
export interface Measurement {
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the run: equal for all that are compared. */
  readonly name: string;
  readonly signal: AbortSignal;
  readonly version?: string | undefined;
  readonly logPatterns?: readonly unknown[] | undefined;
}

/** Lines of output that a failure is told with. */
const LAST_LINES = 12;

/**
 * Runs a command once and gives its run. Only what costs next to nothing is measured: spans that it sends, log lines,
 * wall and CPU time; its files are not watched and it is not sampled. Variables of a git hook are kept from it.
 *
 * @param where the words by which a failure names the place: `the baseline 1a2b3c4d`.
 * @throws ProfilerError `gate.command-failed`, `launch.*`; AbortError.
 */
export async function measure(
  { command, env, name, signal, version, logPatterns }: Measurement,
  cwd: string,
  where: string,
): Promise<Run> {
  const { run, exitCode } = await launch({
    command,
    cwd,
    // What a shell in that folder would say; programs read it.
    env: { ...withoutRepositoryVariables(env), PWD: cwd },
    name,
    signal,
    stdout: null,
    stderr: null,
    stdin: 'ignore',
    receive: true,
    watchFiles: false,
    sample: false,
    ...(version === undefined ? {} : { version }),
    ...(logPatterns === undefined ? {} : { logPatterns }),
  });
  signal.throwIfAborted();
  if (exitCode !== 0) {
    const lines = lastLines(run);
    const said = lines.length === 0 ? 'It printed nothing.' : `It said:\n${lines.join('\n')}`;
    const message = `The command failed in ${where} with exit code ${exitCode}. ${said}`;
    throw new ProfilerError('gate.command-failed', message);
  }
  return run;
}

function lastLines(run: Run): string[] {
  const { kind, textId } = run.instants;
  const lines: string[] = [];
  for (let i = kind.length - 1; i >= 0 && lines.length < LAST_LINES; i -= 1) {
    const text = stringOf(run, textId[i] ?? 0);
    if (kind[i] === INSTANT_KIND.log && text.trim() !== '') lines.unshift(`  ${text}`);
  }
  return lines;
}
