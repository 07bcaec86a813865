import { ATTRIBUTE } from '../../model/attributeNames.ts';
import { ProfilerError } from '../../model/profilerError.ts';
import type { ByteSource, ImportTarget, Importer, InputHead } from '../importer.ts';
import { headLines } from '../lines/headLines.ts';
import { readLines } from '../lines/readLines.ts';
import { NO_NODE, type NodeId } from '../stacks/callTree.ts';
import { FrameTable } from '../stacks/frameTable.ts';
import { WeightTree } from '../stacks/weightTree.ts';
import { frameTypeOf, isIgnorable, parseStackLine } from './stackLine.ts';

/** From so many semicolons without the end of a line on, the beginning of a file is taken for one deep stack. */
const DEEP_STACK_FRAMES = 200;

/** Collapsed stacks: `root;child;leaf 42`, as FlameGraph's scripts, async-profiler and py-spy's `raw` write them. */
export const collapsedImporter: Importer = {
  format: 'collapsed',
  title: 'Collapsed stacks',
  detect,
  read,
};

function detect(head: InputHead): number {
  const lines = headLines(head).filter((line) => !isIgnorable(line));
  if (lines.length === 0) {
    const frames = head.text.split(';', DEEP_STACK_FRAMES + 1).length;
    return !/^[[{\s]/u.test(head.text) && frames > DEEP_STACK_FRAMES ? 0.5 : 0;
  }
  const stacks = lines.map((line) => parseStackLine(line, false)).filter((line) => line !== null);
  const share = stacks.length / lines.length;
  if (share < 0.9) return 0;
  const nested = stacks.filter(({ stack }) => stack.includes(';')).length / lines.length;
  if (nested === 0) return share === 1 ? 0.15 : 0;
  return (share === 1 ? 0.6 : 0.4) + 0.3 * nested;
}

/** Whether every line of the beginning ends in two counts. */
function isDifferential(head: InputHead): boolean {
  const lines = headLines(head).filter((line) => !isIgnorable(line));
  return lines.length > 0 && lines.every((line) => parseStackLine(line, true) !== null);
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const differential = isDifferential(source.head);
  const run = target.begin({ epochNs: null, weightUnit: 'samples' });
  const frames = new FrameTable(run.builder);
  const weights = new WeightTree();
  const before = new Map<NodeId, number>();
  await readLines(
    source,
    {
      line(text, offset) {
        if (isIgnorable(text)) return;
        const line = parseStackLine(text, differential);
        if (line === null) {
          run.reject(offset, 'no stack with a count at its end');
          return;
        }
        const node = nodeOf(line.stack);
        if (node === NO_NODE) {
          run.reject(offset, 'the call tree has too many nodes');
          return;
        }
        weights.add(node, line.weight);
        if (line.before !== null) before.set(node, (before.get(node) ?? 0) + line.before);
      },
      tooLong: (offset) => run.reject(offset, 'the line is too long'),
    },
    target.signal,
  );
  if (weights.tree.size === 0) {
    throw new ProfilerError('import.unreadable', `${source.name} has no stack with a count.`);
  }
  const track = run.track(differential ? 'stacks (second count of two)' : 'stacks', 'thread');
  const first = weights.emitFrames(run, track, frames);
  for (let node = 0; node < weights.tree.size; node += 1) {
    const frameType = frameTypeOf(frames.nameOf(weights.tree.frameOf(node)));
    if (frameType !== null) {
      run.builder.setAttributes(first + node, { [ATTRIBUTE.frameType]: frameType });
    }
  }
  for (const [node, weight] of before) {
    run.builder.setAttributes(first + node, { [ATTRIBUTE.weightBefore]: weight });
  }

  function nodeOf(stack: string): NodeId {
    let node: NodeId = NO_NODE;
    for (let from = 0; from <= stack.length;) {
      const at = stack.indexOf(';', from);
      const end = at < 0 ? stack.length : at;
      node = weights.tree.child(node, frames.intern({ name: stack.slice(from, end) }));
      if (node === NO_NODE) return NO_NODE;
      from = end + 1;
    }
    return node;
  }
}
