import { resolve } from 'node:path';
import { EarshotError } from '../../pipeline/earshotError.ts';
import type { RunFormat } from '../../protocol/library.ts';
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
  const pieces = format === 'md' ? [earshot.runReport(id).markdown] : earshot.exportRun(id, format);
  if (flags.output !== undefined && flags.output !== '-') {
    const file = resolve(io.cwd, flags.output);
    writeWhole(file, pieces);
    output.record({ type: 'result', command: 'report', format, file });
    output.info(`Wrote ${file}.`);
  } else if (output.json) {
    output.record({ type: 'result', command: 'report', ...earshot.runReport(id) });
  } else {
    for (const piece of pieces) await output.piece(piece);
  }
  return 0;
}
