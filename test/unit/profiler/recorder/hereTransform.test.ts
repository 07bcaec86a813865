import { describe, expect, it } from 'vitest';
import { here } from '../../../../src/profiler/recorder/codeLocation.ts';
import { hereTransform } from '../../../../src/profiler/recorder/hereTransform.ts';

const IMPORT = "import { here } from './codeLocation.ts';\n";
const transform = (body: string) =>
  hereTransform(IMPORT + body, 'src\\pipeline\\decode.ts').slice(IMPORT.length);
const filled = (name: string, line: number) => `here(${name}, 'src/pipeline/decode.ts', ${line})`;

describe('hereTransform', () => {
  it('fills in file and line', () => {
    expect(transform("const a = 1;\nspan({ code: here('decode') });")).toBe(
      `const a = 1;\nspan({ code: ${filled("'decode'", 3)} });`,
    );
  });

  it('keeps every line where it is', () => {
    const source = 'here(\n  "decode",\n);\nhere(`x`);';
    const result = transform(source);
    expect(result.split('\n')).toHaveLength(source.split('\n').length);
    expect(result).toContain(filled('`x`', 5));
  });

  it.each([
    "// here('no')",
    "/* here('no') */",
    '"here(\'no\')"',
    "`text here('no') ${1}`",
    "/here('no')/.test(x)",
    "x.here('no')",
    "there('no')",
    'here(name)',
    "here('a', 'b.ts', 3)",
    '`${`here("no")`}`',
  ])('leaves %s alone', (source) => {
    expect(transform(source)).toBe(source);
  });

  it('finds calls behind what looks like the beginning of something else', () => {
    expect(transform("a / b; here('x'); c / d")).toBe(`a / b; ${filled("'x'", 2)}; c / d`);
    expect(transform("`${f({ a: here('x') })}`")).toBe('`${f({ a: ' + filled("'x'", 2) + ' })}`');
    expect(transform("s.split(/[/'\"]/); here('x')")).toContain(filled("'x'", 2));
    expect(transform("'it\\'s'; here('x')")).toContain(filled("'x'", 2));
  });

  it('leaves files that do not import it alone', () => {
    expect(hereTransform("function here() {}\nhere('x');", 'a.ts')).toBe(
      "function here() {}\nhere('x');",
    );
  });
});

describe('here', () => {
  it('takes what the build filled in', () => {
    expect(here('f', 'src/a.ts', 3)).toEqual({ functionName: 'f', file: 'src/a.ts', line: 3 });
  });

  it('finds the line of its caller without a build', () => {
    const location = here('f');
    expect(location.file).toBe('test/unit/profiler/recorder/hereTransform.test.ts');
    expect(location.line).toBeGreaterThan(50);
  });
});
