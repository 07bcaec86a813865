import type { ImportRun } from '../importer.ts';
import { CallTree, NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { fileOfUrl } from '../stacks/fileOfUrl.ts';
import { type Frame, FrameTable } from '../stacks/frameTable.ts';
import type { NumberColumn, StackTables } from './stagedThread.ts';

/** The value of a column as an index; -1 for none. */
export function indexAt(column: NumberColumn, row: number): number {
  if (!(row >= 0 && row < column.length)) return -1;
  const value = column.get(row);
  return Number.isInteger(value) && value >= 0 ? value : -1;
}

/**
 * The stacks of a file's tables as a call tree. A frame is a function: the lines and addresses in it that were running
 * are not told apart.
 */
export class StackNodes {
  readonly tree = new CallTree();
  readonly frames: FrameTable;
  /** Stacks whose caller, frame or function is not there. */
  readonly broken: number;
  /** Stack → 1 + node, or 0. */
  readonly #nodes: Uint32Array;

  /** @param strings the file's, where the tables have none of their own. */
  constructor(tables: StackTables, strings: readonly string[], run: ImportRun) {
    this.frames = new FrameTable(run.builder);
    const count = Math.max(tables.stackFrame.length, tables.stackPrefix.length);
    this.#nodes = new Uint32Array(count);
    const lineOfFunc = firstLines(tables);
    const frameOfFunc = new Map<number, number>();
    let broken = 0;
    for (let stack = 0; stack < count; stack += 1) {
      const func = indexAt(tables.frameFunc, indexAt(tables.stackFrame, stack));
      let frame = frameOfFunc.get(func);
      if (frame === undefined) {
        frame = this.frames.intern(functionFrame(tables, strings, func, lineOfFunc));
        frameOfFunc.set(func, frame);
      }
      const prefix = indexAt(tables.stackPrefix, stack);
      // Callers come first, so there are no circles.
      const parent = prefix < stack ? this.nodeOf(prefix) : NO_NODE;
      if (func < 0 || prefix >= stack) broken += 1;
      this.#nodes[stack] = this.tree.child(parent, frame) + 1;
    }
    this.broken = broken;
  }

  /** The node of a stack; NO_NODE for one that is not there. */
  nodeOf(stack: number): NodeId {
    return (this.#nodes[stack] ?? 0) - 1;
  }
}

/** A line for each function: the one that the first of its frames was at. */
function firstLines(tables: StackTables): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  for (let frame = 0; frame < tables.frameFunc.length; frame += 1) {
    const func = indexAt(tables.frameFunc, frame);
    const line = indexAt(tables.frameLine, frame);
    if (line > 0 && !lines.has(func)) lines.set(func, line);
  }
  return lines;
}

function functionFrame(
  tables: StackTables,
  strings: readonly string[],
  func: number,
  lineOfFunc: ReadonlyMap<number, number>,
): Frame {
  const nameId = indexAt(tables.funcName, func);
  const name = strings[nameId] ?? '(unknown)';
  const source = indexAt(tables.funcSource, func);
  const fileId = source >= 0 ? indexAt(tables.sourceFile, source) : indexAt(tables.funcFile, func);
  const file = strings[fileId];
  const line = indexAt(tables.funcLine, func);
  const column = indexAt(tables.funcColumn, func);
  if (file === undefined) return { name };
  return line > 0
    ? { name, file: fileOfUrl(file), line, column }
    : { name, file: fileOfUrl(file), line: lineOfFunc.get(func) };
}
