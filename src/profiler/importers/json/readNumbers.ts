import type { JsonReader } from './jsonReader.ts';

/** An array of numbers, NaN for elements that are none; empty, and the value skipped, for another value. */
export function readNumbers(reader: JsonReader): number[] {
  const numbers: number[] = [];
  if (!reader.enterArray()) {
    reader.skip();
    return numbers;
  }
  while (reader.nextElement()) numbers.push(reader.readNumber());
  return numbers;
}
