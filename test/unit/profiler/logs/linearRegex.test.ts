import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinearRegex } from '../../../../src/profiler/logs/regex/linearRegex.ts';

const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  String.raw`\d`,
  String.raw`\w`,
  String.raw`\s`,
  String.raw`\b`,
  '(?:ab|b)',
  '(?:a|)',
);
const quantified = fc
  .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{0,2}?'))
  .map(([inner, quantifier]) => inner + (inner === String.raw`\b` ? '' : quantifier));
const sequence = fc.array(quantified, { minLength: 1, maxLength: 4 }).map((all) => all.join(''));
const pattern = fc
  .tuple(fc.constantFrom('', '^'), sequence, sequence, sequence, fc.constantFrom('', '$'))
  .map(([begin, one, two, three, end]) => `${begin}(?<x>${one}|${two})(?<y>${three})${end}`);
const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '-'), maxLength: 12 });

describe('LinearRegex', () => {
  it('finds what JavaScript finds', () => {
    fc.assert(
      fc.property(pattern, text, (source, line) => {
        const expected = new RegExp(source).exec(line);
        const groups = expected === null ? null : { ...expected.groups };
        expect(new LinearRegex(source).match(line)).toEqual(groups);
      }),
      { numRuns: 3000 },
    );
  });

  it('ends on what takes JavaScript forever', () => {
    const line = `${'a'.repeat(4000)}b`;
    expect(new LinearRegex('^(?<x>(?:a+)+)$').match(line)).toBeNull();
    expect(new LinearRegex('(?<x>(?:a|a)*)c').match(line)).toBeNull();
    expect(new LinearRegex('^(?<x>(?:a*)*b)$').match(line)).toEqual({ x: line });
  });
});
