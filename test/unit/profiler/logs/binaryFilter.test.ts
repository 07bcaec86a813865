import { expect, it } from 'vitest';
import { BinaryFilter } from '../../../../src/profiler/logs/binaryFilter.ts';
import { seededRandom } from '../../../../src/profiler/stats/seededRandom.ts';

/** What is handed on and what is told, the input in pieces of a size. */
function filtered(input: Buffer, size: number) {
  const text: Buffer[] = [];
  const runs: [number, number][] = [];
  const filter = new BinaryFilter(
    input.subarray(0, 65_536),
    (bytes) => text.push(Buffer.from(bytes)),
    (offset, bytes) => runs.push([offset, bytes]),
  );
  for (let at = 0; at < input.length; at += size) filter.chunk(input.subarray(at, at + size));
  filter.end();
  return { text: Buffer.concat(text), runs, textBytes: filter.textBytes };
}

const random = seededRandom(7);
const noise = Buffer.from(Array.from({ length: 5000 }, () => Math.floor(random() * 256)));
const BEFORE = '2026-01-01 00:00:00 took 3 s\n';
const AFTER = '2026-01-01 00:00:05 bye\n';

it.each([64, 1000, 100_000])('tells of binary data between lines, in pieces of %d', (size) => {
  const input = Buffer.concat([Buffer.from(BEFORE), noise, Buffer.from(`\n${AFTER}`)]);
  const { text, runs } = filtered(input, size);
  expect(text.toString()).toMatch(/^2026-01-01 00:00:00 took 3 s\n\s*2026-01-01 00:00:05 bye\n$/u);
  expect(text.filter((byte) => byte === 10)).toHaveLength(
    input.filter((byte) => byte === 10).length,
  );
  expect(runs.at(0)?.[0]).toBe(BEFORE.length);
  expect(runs.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeGreaterThan(4900);
});

it.each([
  ['chance', noise],
  ['zeros', Buffer.alloc(5000)],
])('finds no text in %s', (_, input) => {
  const { textBytes, runs } = filtered(input, 1000);
  expect(textBytes).toBeLessThan(50);
  expect(runs[0]?.[0]).toBe(0);
});

it.each([
  ['UTF-8', Buffer.from('läuft seit 3 s\n会議\n'.repeat(500))],
  ['an old encoding', Buffer.from('läuft für 3 s\n'.repeat(500), 'latin1')],
  ['UTF-16 without its mark', Buffer.from('hello you\n'.repeat(500), 'utf16le')],
  ['colours and bars', Buffer.from('\u001b[31mred\u001b[0m 5 %\r 10 %\r\n'.repeat(500))],
  [
    'separators of its own',
    Buffer.from('8=FIX.4.2\u00019=65\u000135=A\u000149=SERVER\u0001\n'.repeat(99)),
  ],
])('hands %s on as it is', (_, input) => {
  for (const size of [7, 1000])
    expect(filtered(input, size)).toMatchObject({ text: input, runs: [] });
});
