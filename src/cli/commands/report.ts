import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { EarshotError } from '../../pipeline/earshotError.ts';
import type { RunFormat } from '../../protocol/library.ts';
import type { Session } from '../session.ts';

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
    writePieces(file, pieces);
    output.record({ type: 'result', command: 'report', format, file });
    output.info(`Wrote ${file}.`);
  } else if (output.json) {
    output.record({ type: 'result', command: 'report', ...earshot.runReport(id) });
  } else {
    for (const piece of pieces) await output.piece(piece);
  }
  return 0;
}

/** Writes beside the file first, so that a failure leaves no half of it. */
function writePieces(file: string, pieces: Iterable<string | Uint8Array>): void {
  const partial = `${file}.part`;
  try {
    const descriptor = openSync(partial, 'w');
    try {
      for (const piece of pieces) {
        const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
        for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      }
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof EarshotError || code === undefined || code === 'ENOSPC') throw error;
    throw new EarshotError(
      'output.unwritable',
      `${file} cannot be written (${code}).`,
      'Name a file in a folder that exists and is yours.',
      { cause: error },
    );
  }
}
