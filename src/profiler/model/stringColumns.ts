import type { ColumnReader, ColumnWriter } from './columnArea.ts';
import { ProfilerError } from './profilerError.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** Stores strings as one UTF-8 column and a column of where each one ends. */
export function writeStrings(strings: readonly string[], writer: ColumnWriter): void {
  const encoded = strings.map(encodeUtf8);
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
  const ends = new Float64Array(strings.length);
  let end = 0;
  encoded.forEach((text, i) => {
    bytes.set(text, end);
    end += text.length;
    ends[i] = end;
  });
  writer.add('strings.ends', ends);
  writer.add('strings.utf8', bytes);
}

/** Reads what `writeStrings` stored; throws `codec.damaged` where it cannot be. */
export function readStrings(reader: ColumnReader): string[] {
  const ends = reader.f64('strings.ends');
  const bytes = reader.u8('strings.utf8');
  let begin = 0;
  return Array.from(ends, (end) => {
    if (!(Number.isInteger(end) && end >= begin && end <= bytes.length)) {
      throw new ProfilerError('codec.damaged', 'The string table of the run is damaged.');
    }
    const text = decodeText(bytes.subarray(begin, end));
    begin = end;
    return text;
  });
}

function decodeText(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes);
  } catch (cause) {
    throw new ProfilerError('codec.damaged', 'A string of the run is no UTF-8.', { cause });
  }
}
