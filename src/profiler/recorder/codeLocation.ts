import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The place in the source that does the work of a span. */
export interface CodeLocation {
  readonly functionName: string;
  /** Relative to the project, with forward slashes; empty where it is not known. */
  readonly file: string;
  /** From 1; 0 where it is not known. */
  readonly line: number;
}

/**
 * The place of the call, for the span of the work that follows. The build fills in file and line; in code that was not
 * built they come from the caller's stack frame.
 */
export function here(functionName: string, file?: string, line?: number): CodeLocation {
  if (file !== undefined && line !== undefined) return { functionName, file, line };
  return { functionName, ...callerOf(new Error('location')) };
}

/** Line 0 of a stack is the message, line 1 `here` itself, line 2 its caller. */
const CALLER_LINE = 2;

function callerOf(error: Error): { file: string; line: number } {
  const frame = error.stack?.split('\n')[CALLER_LINE] ?? '';
  const match = /\(?((?:file:\/\/)?[^()\s][^()]*?):(\d+):\d+\)?$/u.exec(
    frame.replace(/^\s*at /u, ''),
  );
  if (match?.[1] === undefined) return { file: '', line: 0 };
  const withoutName = match[1].replace(/^.*\((?=\S)/u, '');
  return { file: projectPath(withoutName), line: Number(match[2]) };
}

function projectPath(location: string): string {
  const path = location.startsWith('file:') ? fileURLToPath(location) : location;
  const fromHere = relative(process.cwd(), path);
  const outside = fromHere.startsWith('..') || fromHere === path;
  const shown = outside ? path.slice(path.lastIndexOf(`${sep}src${sep}`) + 1) : fromHere;
  return shown.split(sep).join('/');
}
