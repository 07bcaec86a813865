import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../madeScenes.ts';
import { drawableText } from '../../../../../webview/flame/model/drawableText.ts';

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

it('shows what cannot be seen as signs', () => {
  expect(drawableText('a\u0000b\nc\u007f')).toBe('a␀b␊c␡');
  expect(drawableText('x\u202egnp.exe')).toBe('x�gnp.exe');
  expect(drawableText('zero\u200bwidth\u2066iso\ufeff')).toBe('zero�width�iso�');
  expect(drawableText('\ud800lone')).toBe('�lone');
  expect(drawableText('مرحبا 🎉')).toBe('مرحبا 🎉');
});

it('takes no more than two marks on one letter, and no endless text', () => {
  expect(drawableText(`a${'\u0301'.repeat(40)}b`)).toBe('a\u0301\u0301b');
  expect(drawableText('x'.repeat(1e6)).length).toBe(512);
});

it('leaves no control, format mark or lone surrogate in any text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(UNSEEN.test(drawableText(text))).toBe(false);
    }),
  );
});
