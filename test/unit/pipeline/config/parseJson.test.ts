import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSyntaxError, parseJson } from '../../../../src/pipeline/config/parseJson.ts';

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\t', 2), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parseJson(text).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const mutated = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '0', '\n', '\u0001'),
      )
      .map(([text, at, insert]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + insert + text.slice(index + (at % 2));
      });
    fc.assert(
      fc.property(mutated, (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(() => parseJson(text)).toThrow(JsonSyntaxError);
          return;
        }
        try {
          expect(parseJson(text).value).toEqual(expected);
        } catch (error) {
          // Stricter in one thing: a key given twice is nearly always a mistake.
          expect(String(error)).toContain('second time');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('knows where keys and items stand', () => {
    const text = '{\n  "a": {"b": [1, 22]}\n}';
    const { offsetOf } = parseJson(text);
    expect(text.slice(offsetOf(['a', 'b', 1]))).toMatch(/^22/);
    expect(text.slice(offsetOf(['a', 'b']))).toMatch(/^"b"/);
    expect(text.slice(offsetOf(['a', 'absent']))).toMatch(/^"a"/);
    expect(offsetOf(['absent'])).toBe(0);
  });

  it('refuses deep nesting instead of failing on it', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow(/nesting is too deep/);
  });

  it('takes a byte order mark', () => {
    expect(parseJson('\ufeff{"a":1}').value).toEqual({ a: 1 });
  });
});
