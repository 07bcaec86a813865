import { ProfilerError } from '../../model/profilerError.ts';
import type { ByteSource, ImportTarget, Importer, InputHead } from '../importer.ts';
import { JsonStream } from '../json/jsonStream.ts';
import { LateRejections } from '../stacks/lateRejections.ts';
import { FirefoxImport } from './firefoxImport.ts';
import { readFirefox } from './readFirefox.ts';
import type { FirefoxFile, StagedThread } from './stagedThread.ts';

/** Profiles of the Firefox profiler in its processed format, as it saves them and as samply writes them. */
export const firefoxImporter: Importer = {
  format: 'firefox',
  title: 'Firefox profiler',
  detect,
  read,
};

function detect({ text }: InputHead): number {
  if (!/^\s*\{/u.test(text) || text.includes('"traceEvents"')) return 0;
  if (/"preprocessedProfileVersion"\s*:/u.test(text)) return 0.95;
  const meta = /^\s*\{\s*"meta"\s*:\s*\{/u.test(text);
  if (meta && /"(?:markerSchema|categories|interval|stackwalk)"\s*:/u.test(text)) return 0.8;
  const tables =
    /"stackTable"\s*:\s*\{/u.test(text) && /"(?:funcTable|frameTable)"\s*:/u.test(text);
  return tables ? 0.8 : 0;
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const rejections = new LateRejections();
  const json = new JsonStream(source.chunks(), { signal: target.signal });
  const files: FirefoxFile[] = [];
  await json.eachDocument(async () => {
    if (files.length > 0) {
      rejections.reject(json.offset, 'a second profile follows');
      return;
    }
    files.push(await readFirefox(json, rejections.reject));
  }, rejections.reject);
  const [file] = files;
  if (file === undefined || (file.threads.length === 0 && file.counters.length === 0)) {
    throw new ProfilerError('import.unreadable', `${source.name} holds no thread.`);
  }
  if (file.threads.every(({ isRaw }) => isRaw) && file.threads.length > 0) {
    const message = `${source.name} is a raw profile of Gecko: open and save it in the Firefox profiler.`;
    throw new ProfilerError('import.unreadable', message);
  }
  const { startTimeMs } = file;
  const weightUnit = weightUnitOf(file);
  const run = target.begin({
    epochNs: startTimeMs > 0 && startTimeMs < 1e15 ? BigInt(Math.round(startTimeMs * 1e6)) : null,
    ...(weightUnit === null ? {} : { weightUnit }),
    ...(file.product === '' ? {} : { client: file.product }),
  });
  rejections.handOver(run);
  if (file.left > 0) run.reject(null, `${file.left} further threads and counters`);
  new FirefoxImport(run, file, weightUnit).add();
}

/** `bytes` where all samples are allocations, which have no place in time; else null. */
function weightUnitOf({ threads }: FirefoxFile): string | null {
  const sampled = threads.filter(({ samples }) => samples.stack.length > 0);
  const isBytes = ({ samples }: StagedThread): boolean => samples.weightType === 'bytes';
  return sampled.length > 0 && sampled.every(isBytes) ? 'bytes' : null;
}
