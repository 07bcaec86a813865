import { PbfReader } from 'pbf';
import { ProtoError, eachField, readNumbers } from './protoFields.ts';
import type { ProfileTables } from './profileTables.ts';
import type { OnReject } from './readProfile.ts';

/** A label of a sample: string ids, or a number with the string id of its unit. */
export interface SampleLabel {
  readonly key: number;
  readonly text: number;
  readonly number: number;
  readonly unit: number;
}

/** One sample; the same object for each call. */
export interface Sample {
  /** Location ids, leaf first. */
  readonly locations: number[];
  /** One for each sample type. */
  readonly values: number[];
  readonly labels: SampleLabel[];
  /** Byte offset of its message. */
  offset: number;
  /** Whether it carries time stamps (`breakdown`), which are not read. */
  hasTimes: boolean;
}

const BREAKDOWN = 4;

/** Reads the samples of a profile one by one; damaged ones are rejected. */
export function eachSample(
  bytes: Uint8Array,
  tables: ProfileTables,
  onSample: (sample: Sample) => void,
  reject: OnReject,
): void {
  const pbf = new PbfReader(bytes);
  const sample: Sample = { locations: [], values: [], labels: [], offset: 0, hasTimes: false };
  const onLocation = (id: number): unknown => sample.locations.push(id);
  const onValue = (value: number): unknown => sample.values.push(value);
  for (let i = 0; i < tables.sampleFrom.length; i += 1) {
    pbf.pos = tables.sampleFrom.get(i);
    sample.locations.length = 0;
    sample.values.length = 0;
    sample.labels.length = 0;
    sample.hasTimes = false;
    sample.offset = pbf.pos;
    try {
      eachField(pbf, tables.sampleTo.get(i), (field, end) => {
        if (field === 1) readNumbers(pbf, end, onLocation);
        else if (field === 2) readNumbers(pbf, end, onValue, true);
        else if (field === 3 && end >= 0) sample.labels.push(readLabel(pbf, end));
        else if (field === BREAKDOWN) sample.hasTimes = true;
      });
    } catch (error) {
      if (!(error instanceof ProtoError)) throw error;
      reject(sample.offset, error.message);
      continue;
    }
    onSample(sample);
  }
}

function readLabel(pbf: PbfReader, end: number): SampleLabel {
  const values = [0, 0, 0, 0, 0];
  eachField(pbf, end, (field, valueEnd) => {
    if (field > 4 || valueEnd >= 0) return;
    readNumbers(pbf, -1, (value) => (values[field] = value), true);
  });
  const [, key = 0, text = 0, number = 0, unit = 0] = values;
  return { key, text, number, unit };
}
