import { ProfilerError } from '../../model/profilerError.ts';
import type { ByteSource, ImportTarget, Importer, InputHead } from '../importer.ts';
import { headLines } from '../lines/headLines.ts';
import { readLines } from '../lines/readLines.ts';
import { LateRejections } from '../stacks/lateRejections.ts';
import { parseFrame, parseHeader, parsePlace, hasPossibleTime } from './perfLines.ts';
import { PerfSamples } from './perfSamples.ts';

/** What `perf script` prints. With times it is a run in time, one track for each thread and event; else one of weights. */
export const perfScriptImporter: Importer = {
  format: 'perf-script',
  title: 'perf script',
  detect,
  read,
};

/** Samples at the beginning by which the format is told. */
const ENOUGH_SAMPLES = 20;

function detect(head: InputHead): number {
  const lines = headLines(head, 2000);
  let samples = 0;
  let wrong = 0;
  for (let i = 0; i < lines.length && samples < ENOUGH_SAMPLES; i += 1) {
    const line = lines[i] ?? '';
    if (line.trim() === '' || line.startsWith('#') || /^\s/u.test(line)) continue;
    const header = parseHeader(line);
    const next = lines[i + 1] ?? '';
    // A stack of lines that begin with an address, or a time and an event on the line.
    const stacked = /^\s+[0-9a-f]+\s+\S/u.test(next);
    if (
      header !== null &&
      (stacked ? header.event !== '' || header.rest === '' : isWhole(header))
    ) {
      samples += 1;
    } else wrong += 1;
  }
  // Without stacks, lines begin with the spaces before a short command.
  if (samples + wrong === 0) {
    const flat = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
    const whole = flat.filter((line) => isWhole(parseHeader(line)));
    samples = whole.length;
    wrong = flat.length - whole.length;
  }
  const share = samples / (samples + wrong);
  return samples === 0 || share < 0.8 ? 0 : 0.7 + 0.2 * share;
}

function isWhole(header: ReturnType<typeof parseHeader>): boolean {
  return header !== null && header.event !== '' && header.timeNs !== null && header.rest !== '';
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const rejections = new LateRejections();
  const samples = new PerfSamples();
  let inSample = false;
  await readLines(
    source,
    {
      line(text, offset) {
        if (text.trim() === '') {
          samples.end();
          inSample = false;
        } else if (text.startsWith('#') || text.includes('PERF_RECORD_')) {
          return;
        } else if (inSample && /^\s/u.test(text) && readStackLine(text)) {
          return;
        } else readHeader(text, offset);
      },
      tooLong: (offset) => rejections.reject(offset, 'the line is too long'),
    },
    target.signal,
  );
  samples.end();
  if (samples.count === 0) {
    throw new ProfilerError('import.unreadable', `${source.name} holds no sample of perf.`);
  }
  emit(samples, target, rejections);

  function readStackLine(text: string): boolean {
    const place = parsePlace(text);
    if (place !== null && samples.setPlace(place)) return true;
    const frame = parseFrame(text);
    if (frame === null || isWhole(parseHeader(text))) return false;
    samples.addFrame(frame);
    return true;
  }

  function readHeader(text: string, offset: number): void {
    samples.end();
    const header = parseHeader(text);
    inSample = header !== null;
    if (header === null) {
      rejections.reject(offset, 'no sample of perf');
      return;
    }
    if (!hasPossibleTime(header)) rejections.reject(offset, 'a sample at a time that cannot be');
    samples.begin(header);
    if (header.rest === '') return;
    const frame = parseFrame(` ${header.rest}`);
    if (frame !== null) samples.addFrame(frame);
    // Only a stack of its own lines can follow otherwise.
    samples.end();
    inSample = false;
  }
}

function emit(samples: PerfSamples, target: ImportTarget, rejections: LateRejections): void {
  const run = target.begin({
    epochNs: null,
    client: 'perf',
    ...(samples.timed ? {} : { weightUnit: 'samples' }),
  });
  rejections.handOver(run);
  if (samples.skipped > 0) {
    run.reject(null, `${samples.skipped} samples are left out: too many threads or stacks`);
  }
  samples.emit(run);
}
