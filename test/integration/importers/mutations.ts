import { gunzipSync, gzipSync } from 'node:zlib';

type Random = () => number;

/** Numbers on which readers fall over. */
const HOSTILE_NUMBERS = [
  '-1',
  '0',
  '-0',
  '1e308',
  '-1e308',
  '1e999',
  'NaN',
  '9007199254740993',
  '18446744073709551615',
  '99999999999999999999999999999',
  '0.0000000000000000000000001',
  '4294967296',
  '2147483648',
];

const HOSTILE_TEXTS = [
  '../../etc/passwd',
  '<img src=x onerror=alert(1)>',
  '\u0000',
  '\u202Egnp.exe',
  '\uD800',
  '__proto__',
  'constructor',
  ';'.repeat(5000),
  '['.repeat(20_000),
  '{"a":'.repeat(20_000),
  'A'.repeat(100_000),
];

function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[whole(random, items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

/** A stretch of at most `most` bytes. */
function stretch(bytes: Buffer, random: Random, most = 4096): [from: number, to: number] {
  const from = whole(random, bytes.length + 1);
  return [from, Math.min(bytes.length, from + whole(random, most))];
}

type Mutation = (bytes: Buffer, random: Random, others: readonly Buffer[]) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  function flipBits(bytes, random) {
    const changed = Buffer.from(bytes);
    for (let count = 1 + whole(random, 20); count > 0 && bytes.length > 0; count -= 1) {
      const at = whole(random, bytes.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << whole(random, 8));
    }
    return changed;
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, whole(random, bytes.length + 1));
  },
  function duplicate(bytes, random) {
    const [from, to] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, to), bytes.subarray(to)]);
  },
  function cut(bytes, random) {
    const [from, to] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  function splice(bytes, random, others) {
    const other = pick(random, others);
    const [from, to] = stretch(other, random);
    const at = whole(random, bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at)]);
  },
  function otherNumbers(bytes, random) {
    const share = random() * 0.2;
    const text = bytes.toString('latin1');
    const changed = text.replace(/\d+(?:\.\d+)?/gu, (number) =>
      random() < share ? pick(random, HOSTILE_NUMBERS) : number,
    );
    return Buffer.from(changed, 'latin1');
  },
  function otherTexts(bytes, random) {
    const share = random() * 0.05;
    const text = bytes.toString('latin1');
    const changed = text.replace(/[A-Za-z_]{3,}/gu, (word) =>
      random() < share ? Buffer.from(pick(random, HOSTILE_TEXTS)).toString('latin1') : word,
    );
    return Buffer.from(changed.slice(0, 4_000_000), 'latin1');
  },
  function insert(bytes, random) {
    const at = whole(random, bytes.length + 1);
    const text = random() < 0.5 ? pick(random, HOSTILE_TEXTS) : pick(random, HOSTILE_NUMBERS);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(at)]);
  },
  function exchange(bytes, random) {
    const [a, b] = stretch(bytes, random);
    const [c, d] = stretch(bytes, random);
    if (b > c) return bytes;
    return Buffer.concat([
      bytes.subarray(0, a),
      bytes.subarray(c, d),
      bytes.subarray(b, c),
      bytes.subarray(a, b),
      bytes.subarray(d),
    ]);
  },
];

/** A damaged copy of a file. One that is compressed is damaged as it is, or inside. */
export function mutated(bytes: Buffer, random: Random, others: readonly Buffer[]): Buffer {
  const inside = bytes[0] === 0x1f && bytes[1] === 0x8b && random() < 0.7;
  let changed = inside ? gunzipSync(bytes) : bytes;
  for (let rounds = 1 + whole(random, 3); rounds > 0; rounds -= 1) {
    changed = pick(random, MUTATIONS)(changed, random, others);
  }
  return inside ? gzipSync(changed) : changed;
}
