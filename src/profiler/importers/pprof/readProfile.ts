import { PbfReader } from 'pbf';
import { ProtoError, eachField, readNumbers } from './protoFields.ts';
import { ProfileTables, type ValueType } from './profileTables.ts';

/** Ids beyond what a double holds exactly are told apart all the same in files that exist: they are small. */
const NO_FUNCTION = 0;

/** Told of what could not be read, by its byte offset. */
export type OnReject = (offset: number, reason: string) => void;

/**
 * Reads the tables of a pprof profile (perftools.profiles.Profile). The samples are only found, not read: `eachSample`
 * does that. A message that is damaged is rejected alone; where the outermost one is damaged, all before it counts.
 */
export function readProfile(bytes: Uint8Array, reject: OnReject): ProfileTables {
  const pbf = new PbfReader(bytes);
  const tables = new ProfileTables(bytes);
  try {
    eachField(pbf, bytes.length, (field, end) => {
      const from = pbf.pos;
      try {
        readField(pbf, tables, field, end);
      } catch (error) {
        if (!(error instanceof ProtoError)) throw error;
        reject(from, error.message);
      }
    });
  } catch (error) {
    if (!(error instanceof ProtoError)) throw error;
    reject(pbf.pos, error.message);
  }
  return tables;
}

function readField(pbf: PbfReader, tables: ProfileTables, field: number, end: number): void {
  if (end < 0) {
    readNumberField(pbf, tables, field);
  } else if (field === 1) {
    tables.sampleTypes.push(readValueType(pbf, end));
  } else if (field === 2) {
    tables.sampleFrom.push(pbf.pos);
    tables.sampleTo.push(end);
  } else if (field === 3) {
    readMapping(pbf, tables, end);
  } else if (field === 4) {
    readLocation(pbf, tables, end);
  } else if (field === 5) {
    readFunction(pbf, tables, end);
  } else if (field === 6) {
    tables.strings.add(pbf.pos, end);
  } else if (field === 11) {
    tables.periodType = readValueType(pbf, end);
  } else if (field === 13) {
    readNumbers(pbf, end, (id) => tables.comments.push(id));
  }
}

function readNumberField(pbf: PbfReader, tables: ProfileTables, field: number): void {
  readNumbers(
    pbf,
    -1,
    (value) => {
      if (field === 9) tables.timeNanos = value;
      else if (field === 10) tables.durationNanos = value;
      else if (field === 12) tables.period = value;
      else if (field === 13) tables.comments.push(value);
      else if (field === 14) tables.defaultSampleType = value;
    },
    true,
  );
}

/** The numbers of a message's first fields, by field; 0 where there is none. */
function readNumbersByField(pbf: PbfReader, end: number, fields: number): number[] {
  const values = new Array<number>(fields + 1).fill(0);
  eachField(pbf, end, (field, valueEnd) => {
    if (field <= fields && valueEnd < 0) readNumbers(pbf, -1, (value) => (values[field] = value));
  });
  return values;
}

function readValueType(pbf: PbfReader, end: number): ValueType {
  const [, type = 0, unit = 0] = readNumbersByField(pbf, end, 2);
  return { type, unit };
}

function readMapping(pbf: PbfReader, tables: ProfileTables, end: number): void {
  const values = readNumbersByField(pbf, end, 5);
  tables.mappings.set(values[1] ?? 0, values[5] ?? 0);
}

function readFunction(pbf: PbfReader, tables: ProfileTables, end: number): void {
  const [, id = 0, name = 0, systemName = 0, file = 0, startLine = 0] = readNumbersByField(
    pbf,
    end,
    5,
  );
  tables.functions.set(id, tables.functionName.length);
  tables.functionName.push(name === 0 ? systemName : name);
  tables.functionFile.push(file);
  tables.functionStartLine.push(startLine);
}

function readLocation(pbf: PbfReader, tables: ProfileTables, end: number): void {
  const firstLine = tables.lineFunction.length;
  let id = 0;
  let mapping = 0;
  let address = 0;
  const lines: number[][] = [];
  eachField(pbf, end, (field, valueEnd) => {
    if (field === 4 && valueEnd >= 0) {
      lines.push(readNumbersByField(pbf, valueEnd, 2));
    } else if (valueEnd < 0 && field <= 3) {
      readNumbers(pbf, -1, (value) => {
        if (field === 1) id = value;
        else if (field === 2) mapping = value;
        else address = value;
      });
    }
  });
  tables.locations.set(id, tables.locationLines.length);
  tables.locationLines.push(firstLine);
  tables.locationMapping.push(mapping);
  tables.locationAddress.push(address);
  for (const [, functionId = NO_FUNCTION, line = 0] of lines) {
    tables.lineFunction.push(functionId);
    tables.lineNumber.push(line);
  }
}
