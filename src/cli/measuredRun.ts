import { measure } from '../profiler/gate/measure.ts';
import type { Run } from '../profiler/model/run.ts';
import type { CommandRequest } from './commandRequest.ts';
import type { Session } from './session.ts';

/** The variables that set-ups and runs of a command get. */
export function commandEnvironment(
  { io }: Session,
  { env }: CommandRequest,
): Readonly<Record<string, string | undefined>> {
  return { ...io.env, ...env };
}

/** Runs a command once in a folder. @throws as `measure` does */
export function measuredRun(
  session: Session,
  request: CommandRequest,
  cwd: string,
  where: string,
): Promise<Run> {
  const { io, cancellation } = session;
  const { command, name, config } = request;
  const measurement = {
    command,
    name,
    env: commandEnvironment(session, request),
    signal: cancellation.signal,
    version: io.version,
    logPatterns: config.logPatterns,
  };
  return measure(measurement, cwd, where);
}

/** Keeps a run of a command at a commit in a series of the library, under a name that tells the commit. */
export async function keepRun(
  session: Session,
  run: Run,
  series: string,
  commit: string,
): Promise<void> {
  const { profiles } = await session.library();
  profiles.put({ ...run, name: `${run.name} (${commit})` }, series);
}
