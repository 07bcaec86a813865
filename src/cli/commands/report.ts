import { resolve } from 'node:path';
import { EarshotError } from '../../pipeline/earshotError.ts';
import { ProfilerError } from '../../profiler/model/profilerError.ts';
import type { RunFormat, RunReport } from '../../protocol/library.ts';
import type { Session } from '../session.ts';
import { writeWhole } from '../writeWhole.ts';

/** `report ID`: the recorded run of a video, to read or for another tool. */
export async function report(
  session: Session,
  id: string,
  flags: { readonly format: RunFormat; readonly output?: string },
): Promise<number> {
  const { output, io } = session;
  const { format } = flags;
  if (output.json && format !== 'md' && flags.output === undefined) {
    throw new EarshotError(
      'usage',
      `--json and --format ${format} would both write to stdout.`,
      'Name a file with -o FILE, or leave --json out.',
    );
  }
  const earshot = await session.earshot();
  const runReport = (): RunReport => recorded(() => earshot.runReport(id));
  const pieces =
    format === 'md' ? [runReport().markdown] : recorded(() => earshot.exportRun(id, format));
  if (flags.output !== undefined && flags.output !== '-') {
    const file = resolve(io.cwd, flags.output);
    writeWhole(file, pieces);
    output.record({ type: 'result', command: 'report', format, file });
    output.info(`Wrote ${file}.`);
  } else if (output.json) {
    output.record({ type: 'result', command: 'report', ...runReport() });
  } else {
    for (const piece of pieces) await output.piece(piece);
  }
  return 0;
}

/** Reads a recorded run; of one that is damaged it says how the pipeline makes another. */
function recorded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const damaged = error instanceof ProfilerError && error.code.startsWith('codec.');
    if (!damaged || error.code === 'codec.newer-version') throw error;
    const action = 'Record a new run: earshot rerun ID.';
    throw new EarshotError(error.code, error.message, action, { cause: error });
  }
}
