/** A result line of `go test -bench`. */
export interface BenchLine {
  /** With `-GOMAXPROCS`, as it is written. */
  readonly name: string;
  readonly iterations: number;
  /** Value by unit, in their order. */
  readonly values: readonly (readonly [unit: string, value: number])[];
}

const RESULT = /^(Benchmark\S*)\s+(\d+)\s+(\S.*)$/u;

/** `BenchmarkName-8  1000  123 ns/op  45 B/op`; null for another line. */
export function parseBenchLine(line: string): BenchLine | null {
  const found = RESULT.exec(line.length > 65_536 ? '' : line);
  if (found === null) return null;
  const words = (found[3] ?? '').trim().split(/\s+/u);
  const values: [string, number][] = [];
  for (let i = 0; i + 1 < words.length; i += 2) {
    const value = Number(words[i]);
    if (words[i] === '' || !Number.isFinite(value)) return null;
    values.push([words[i + 1] ?? '', value]);
  }
  if (values.length === 0 || words.length % 2 !== 0) return null;
  return { name: found[1] ?? '', iterations: Number(found[2]), values };
}

const CONFIGURATION = /^(goos|goarch|pkg|cpu|toolchain):\s+(\S.*)$/u;

/** `goos: linux` and its like; null for another line. */
export function parseConfiguration(line: string): { key: string; value: string } | null {
  const found = CONFIGURATION.exec(line);
  return found === null ? null : { key: found[1] ?? '', value: (found[2] ?? '').trim() };
}

const BETTER = /^Unit\s+(\S+)\s+(?:.*\s)?better=(higher|lower)\b/u;

/** `Unit texts/s better=higher`; null for another line. */
export function parseUnit(line: string): { unit: string; higherIsBetter: boolean } | null {
  const found = BETTER.exec(line);
  return found === null ? null : { unit: found[1] ?? '', higherIsBetter: found[2] === 'higher' };
}

/** Seconds of a time per operation: `ns/op`, and what custom metrics call their times. */
export const SECONDS_PER_UNIT: ReadonlyMap<string, number> = new Map([
  ['ns/op', 1e-9],
  ['µs/op', 1e-6],
  ['us/op', 1e-6],
  ['ms/op', 1e-3],
  ['s/op', 1],
  ['sec/op', 1],
]);

/** UCUM units of Go's own metrics. */
export const UCUM: ReadonlyMap<string, string> = new Map([
  ['B/op', 'By'],
  ['allocs/op', '{allocation}'],
  ['MB/s', 'MBy/s'],
]);

/** Whether more of a unit is better, where the text says nothing: rates are, costs are not. */
export function isRate(unit: string): boolean {
  return /\/(?:s|sec|second)$/u.test(unit);
}

/** The number of processors at the end of a name, or null. */
export function processorsOf(name: string): number | null {
  const found = /-(\d{1,4})$/u.exec(name);
  return found === null ? null : Number(found[1]);
}
