import { PbfReader } from 'pbf';
import { ProfilerError } from '../../model/profilerError.ts';
import type { ByteSource, ImportTarget, Importer, InputHead } from '../importer.ts';
import { LateRejections } from '../stacks/lateRejections.ts';
import { ProfileImport } from './profileImport.ts';
import { eachField, readNumbers } from './protoFields.ts';
import { readProfile } from './readProfile.ts';
import { chooseSampleType, sampleTypeNames } from './sampleType.ts';

/** pprof profiles, gzipped or not: CPU, heap, contention and whatever else has the format. A run without time order. */
export const pprofImporter: Importer = { format: 'pprof', title: 'pprof', detect, read };

const LENGTH_DELIMITED = new Set([1, 2, 3, 4, 5, 6, 11]);
const VARINTS = new Set([7, 8, 9, 10, 12, 14, 15]);

function detect(head: InputHead): number {
  const pbf = new PbfReader(head.bytes);
  const seen = { types: 0, others: 0, wrong: false };
  try {
    eachField(pbf, head.bytes.length, (field, end) => {
      const fits = end >= 0 ? LENGTH_DELIMITED.has(field) || field >= 13 : VARINTS.has(field);
      if (!fits || field > 16) seen.wrong = true;
      else if (field === 1) {
        if (isValueType(pbf, end)) seen.types += 1;
        else seen.wrong = true;
      } else seen.others += 1;
    });
  } catch {
    // Cut off by the end of the head, or damaged further on.
  }
  if (seen.wrong || seen.types === 0) return 0;
  return seen.others > 0 ? 0.9 : 0.4;
}

function isValueType(pbf: PbfReader, end: number): boolean {
  let fits = pbf.pos < end;
  eachField(pbf, end, (field, valueEnd) => {
    if (valueEnd >= 0 || field > 2) fits = false;
    else readNumbers(pbf, -1, (id) => (fits &&= id >= 0 && id < 1e6));
  });
  return fits;
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const bytes = await source.bytes();
  const rejections = new LateRejections();
  const tables = readProfile(bytes, rejections.reject);
  const wanted = target.options.sampleType;
  const type = chooseSampleType(tables, wanted) ?? chooseSampleType(tables, undefined);
  if (type === null) {
    throw new ProfilerError('import.unreadable', `${source.name} names no sample type.`);
  }
  const { timeNanos } = tables;
  const run = target.begin({
    epochNs: Number.isFinite(timeNanos) && timeNanos > 0 ? BigInt(Math.round(timeNanos)) : null,
    weightUnit: type.unit,
  });
  rejections.handOver(run);
  if (wanted !== undefined && chooseSampleType(tables, wanted) === null) {
    const known = sampleTypeNames(tables).join(', ');
    run.reject(null, `there is no sample type ${wanted}; the file has ${known}`);
  }
  new ProfileImport(bytes, tables, type, run).run();
}
