import { expect, it } from 'vitest';
import { paletteFor } from '../../../src/cli/palette.ts';
import { printable } from '../../../src/cli/printable.ts';

it.each([
  ['  two spaces  stay\n\nand lines', '  two spaces  stay\n\nand lines'],
  ['a\u001b[2Jb\u0007c\u009b1A', 'a[2Jbc1A'],
  ['over\rwritten\tthere', 'over written there'],
  ['one\r\ntwo', 'one\ntwo'],
  ['right\u202eleft', 'rightleft'],
  ['\u001b[31mred\u001b[39m', '[31mred[39m'],
])('shows %j as it may be shown', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

it('keeps the colours of the palette and nothing else of the kind', () => {
  const { green, bold } = paletteFor(true);
  const text = `${green('✓')} ${bold('x')}`;
  expect(printable(text, true)).toBe(text);
  expect(printable(`${text}\u001b[8m\u001b[?25l`, true)).toBe(`${text}[8m[?25l`);
  expect(printable('\u001b[31mred', true)).toBe('\u001b[31mred\u001b[0m');
});
