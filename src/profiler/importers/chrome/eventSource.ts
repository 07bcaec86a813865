import type { AttributeValue } from '../../model/attributes.ts';
import type { SourceRef } from '../../model/run.ts';
import type { TraceEvent } from './traceEvent.ts';

/** `func (dir/file.py:12)`, as viztracer names Python functions. */
const NAME_WITH_PLACE = /^(.{1,400}) \(([^()]{1,1000}):(\d{1,9})\)$/su;

/** What arguments of the usual writers mean: the file, line and function of a place in a source. */
const MEANINGS: ReadonlyMap<string, 'file' | 'line' | 'function'> = new Map([
  ['code.file.path', 'file'],
  ['code.filepath', 'file'],
  ['filename', 'file'],
  ['file', 'file'],
  ['code.line.number', 'line'],
  ['code.lineno', 'line'],
  ['line', 'line'],
  ['lineno', 'line'],
  ['code.function.name', 'function'],
  ['code.function', 'function'],
  ['function', 'function'],
] as const);

/** Categories of the TypeScript compiler whose `path` is the file that it works on. */
const COMPILER_CATEGORIES = new Set(['parse', 'program', 'bind', 'check', 'checkTypes', 'emit']);

const SCRIPT = /\.[cm]?[jt]sx?$/u;

/** The place in a source that an event names in one of the ways of the usual writers, or null. */
export function sourceOfEvent(event: TraceEvent): SourceRef | null {
  const { args, name, category } = event;
  if (event.file !== '' && isLine(event.line)) {
    return { file: event.file, line: event.line, functionName: name, rung: 'frame' };
  }
  const found: { file?: AttributeValue; line?: AttributeValue; function?: AttributeValue } = {};
  let isStandard = false;
  for (let i = 0; i < args.count; i += 1) {
    const meaning = MEANINGS.get(args.keys[i] ?? '');
    if (meaning === undefined) continue;
    isStandard ||= args.keys[i] === 'code.file.path';
    found[meaning] ??= args.values[i] ?? '';
  }
  const { file, line } = found;
  if (typeof file === 'string' && file !== '' && isLine(line)) {
    const functionName = typeof found.function === 'string' ? found.function : name;
    return { file, line, functionName, rung: isStandard ? 'code-attribute' : 'frame' };
  }
  if (COMPILER_CATEGORIES.has(category)) {
    const compiled = compiledFile(args.get('path'), args.get('pos'));
    if (compiled !== null) return compiled;
  }
  return name.endsWith(')') ? sourceOfName(name) : null;
}

/** A place inside of the file is told as a position only. */
function compiledFile(path: unknown, position: unknown): SourceRef | null {
  if (typeof path !== 'string' || !SCRIPT.test(path) || position !== undefined) return null;
  return { file: path, line: 1, rung: 'frame' };
}

function sourceOfName(name: string): SourceRef | null {
  const match = NAME_WITH_PLACE.exec(name);
  const line = Number(match?.[3]);
  if (match === null || !isLine(line)) return null;
  return { file: match[2] ?? '', line, functionName: match[1] ?? '', rung: 'frame' };
}

function isLine(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
