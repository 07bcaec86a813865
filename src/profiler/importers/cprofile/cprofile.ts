import { ATTRIBUTE } from '../../model/attributeNames.ts';
import { ProfilerError } from '../../model/profilerError.ts';
import { NS_PER_SECOND } from '../../model/units.ts';
import type { ByteSource, ImportTarget, Importer, InputHead } from '../importer.ts';
import { FrameTable } from '../stacks/frameTable.ts';
import { LateRejections } from '../stacks/lateRejections.ts';
import { callForest } from './callForest.ts';
import { readStats } from './readStats.ts';

/** Statistics of Python's cProfile (and profile), as `pstats` and `python -m cProfile -o` write them. */
export const cprofileImporter: Importer = {
  format: 'cprofile',
  title: 'Python cProfile',
  detect,
  read,
};

/** A marshalled dictionary whose first key is a tuple of three, or an empty one. */
function detect({ bytes, complete }: InputHead): number {
  const type = (at: number): string => String.fromCharCode((bytes[at] ?? 0) & 0x7f);
  if (type(0) !== '{') return 0;
  if (complete && bytes.length === 2 && type(1) === '0') return 0.5;
  if (type(1) === ')') return bytes[2] === 3 ? 0.95 : 0;
  const isTuple = type(1) === '(' && bytes[2] === 3;
  return isTuple && bytes[3] === 0 && bytes[4] === 0 && bytes[5] === 0 ? 0.95 : 0;
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const rejections = new LateRejections();
  const stats = readStats(await source.bytes(), rejections.reject);
  if (stats.size === 0 && rejections.count > 0) {
    const why = rejections.firstReason;
    throw new ProfilerError('import.unreadable', `${source.name} holds no statistics: ${why}.`);
  }
  const run = target.begin({ epochNs: null, weightUnit: 'nanoseconds', client: 'cProfile' });
  rejections.handOver(run);
  const { functions, weights, calls, homes } = callForest(stats);
  const frames = new FrameTable(run.builder);
  const ids = functions.map(({ file, line, name }) =>
    frames.intern(file === '~' ? { name } : { name, file, line }),
  );
  const { tree } = weights;
  const first = weights.emit(
    run,
    run.track('Python', 'thread'),
    (node) => frames.nameOf(ids[tree.frameOf(node)] ?? -1),
    (node) => frames.sourceOf(ids[tree.frameOf(node)] ?? -1),
    NS_PER_SECOND,
  );
  for (const [node, count] of calls) {
    run.builder.setAttribute(first + node, ATTRIBUTE.calls, count);
  }
  for (const [node, { cumulativeSeconds, primitiveCalls }] of homes) {
    run.builder.setAttribute(first + node, 'cprofile.cumulative_seconds', cumulativeSeconds);
    run.builder.setAttribute(first + node, 'cprofile.primitive_calls', primitiveCalls);
  }
}
