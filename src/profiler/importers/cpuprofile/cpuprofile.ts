import { ProfilerError } from '../../model/profilerError.ts';
import type { ByteSource, ImportTarget, Importer, InputHead } from '../importer.ts';
import { JsonStream } from '../json/jsonStream.ts';
import { addV8Profile } from './addV8Profile.ts';
import { readV8Profile } from './readV8Profile.ts';
import type { V8Profile } from './v8Profile.ts';

/** V8's `.cpuprofile`, as Node and Chrome DevTools write it. */
export const cpuprofileImporter: Importer = {
  format: 'cpuprofile',
  title: 'V8 CPU profile',
  detect,
  read,
};

function detect({ text, complete }: InputHead): number {
  if (!/^\s*\{/u.test(text) || text.includes('"traceEvents"')) return 0;
  const hasNodes = /"nodes"\s*:\s*\[/u.test(text);
  if (hasNodes && /"callFrame"\s*:/u.test(text)) return 0.9;
  // The keys may come in any order: samples first, and the nodes out of sight.
  if (/^\s*\{\s*"(?:samples|timeDeltas|startTime|endTime)"/u.test(text)) {
    return !complete || hasNodes ? 0.6 : 0.3;
  }
  return 0;
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const run = target.begin({ epochNs: null });
  const reject = (offset: number | null, reason: string): void => run.reject(offset, reason);
  const json = new JsonStream(source.chunks(), { signal: target.signal });
  let found = 0;
  await json.eachDocument(async () => {
    const profile = withTimes(await readV8Profile(json, reject), reject);
    if (profile === null) return;
    found += 1;
    const name = found === 1 ? 'JavaScript' : `JavaScript (${found})`;
    const damage = addV8Profile(run, run.track(name, 'thread'), profile, profile.startTime);
    if (damage.negativeDeltas > 0) {
      reject(null, `${damage.negativeDeltas} samples lie before their predecessors`);
    }
    if (damage.unknownNodes > 0) {
      reject(null, `${damage.unknownNodes} samples are of nodes that are not there`);
    }
    if (damage.misplacedNodes > 0) {
      reject(
        null,
        `${damage.misplacedNodes} nodes have no way to the root, or an id that is taken`,
      );
    }
    if (damage.skippedSamples > 0) {
      reject(null, `${damage.skippedSamples} samples are left out: too many spans`);
    }
    if (profile.samples.length !== profile.timeDeltas.length) {
      const { samples, timeDeltas } = profile;
      reject(null, `there are ${samples.length} samples but ${timeDeltas.length} time deltas`);
    }
  }, reject);
  if (found === 0) {
    throw new ProfilerError('import.unreadable', `${source.name} has no samples with a time.`);
  }
}

/**
 * The profile with a start and a time for each sample; null where there are no samples. Writers that state no deltas
 * took their samples evenly.
 */
function withTimes(
  profile: V8Profile,
  reject: (offset: null, reason: string) => void,
): V8Profile | null {
  const { samples, timeDeltas, endTime } = profile;
  if (samples.length === 0 || profile.nodes.length === 0) return null;
  const startTime = Number.isFinite(profile.startTime) ? profile.startTime : 0;
  if (timeDeltas.length > 0) return { ...profile, startTime };
  if (!(endTime > startTime)) return null;
  reject(null, 'the samples have no times: they are taken as evenly spaced');
  const delta = (endTime - startTime) / samples.length;
  const even = new Float64Array(samples.length).fill(delta);
  even[0] = 0;
  return { ...profile, startTime, timeDeltas: even };
}
