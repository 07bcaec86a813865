import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LabelText } from '../../../../../webview/flame/draw/labelText.ts';

const measure = (text: string): number => Array.from(text).length * 6;

it('leaves the middle out of what is too long', () => {
  const labels = new LabelText(measure);
  expect(labels.fit('loadEmbeddingModel', 200)).toBe('loadEmbeddingModel');
  expect(labels.fit('loadEmbeddingModel', 60)).toBe('load…Model');
  expect(labels.fit('loadEmbeddingModel', 18)).toBe('l…l');
  expect(labels.fit('loadEmbeddingModel', 12)).toBe('');
  expect(labels.fit('🎉🎉🎉🎉🎉🎉', 24)).toBe('🎉…🎉🎉');
});

it('asks for the width of a character once', () => {
  let asked = 0;
  const labels = new LabelText((text) => {
    asked += 1;
    return measure(text);
  });
  for (let i = 0; i < 100; i += 1) labels.fit(`aaabbb`, 20 + (i % 7));
  expect(asked).toBe(3);
  expect(labels.widthOf('aab')).toBe(18);
});

it('never gives what is wider than the room', () => {
  const labels = new LabelText(measure);
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 0, max: 300 }), (text, width) => {
      const fitted = labels.fit(text, width);
      expect(measure(fitted)).toBeLessThanOrEqual(Math.max(width, 0));
    }),
  );
});
