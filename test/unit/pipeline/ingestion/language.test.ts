import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../src/pipeline/ingestion/language.ts';

const text = (length: number, confidence: number) => ({ text: 'x'.repeat(length), confidence });

describe('languageOf', () => {
  it.each(['en', 'en-GB', 'EN-us'])('takes the source’s word that it is English: %s', (stated) => {
    expect(languageOf(stated, [text(100, 0.9)])).toEqual({ language: 'en', languageWarning: null });
  });

  it.each(['fr', 'de-AT', 'enm'])(
    'warns of a source that says %s, however sure the text',
    (stated) => {
      const { language, languageWarning } = languageOf(stated, [text(100, 0.99)]);
      expect(language).toBe(stated);
      expect(languageWarning).toContain(`“${stated}”`);
    },
  );

  it('warns where the model was unsure all along, also against the source', () => {
    for (const stated of [null, 'en']) {
      const { language, languageWarning } = languageOf(stated, [text(30, 0.3), text(30, 0.6)]);
      expect(language).toBe('und');
      expect(languageWarning).toContain('0.45');
    }
  });

  it('weighs segments by their length', () => {
    expect(languageOf(null, [text(90, 0.9), text(10, 0.1), text(10, 0.1)]).language).toBe('en');
    expect(languageOf(null, [text(10, 0.9), text(10, 0.9), text(90, 0.1)]).language).toBe('und');
  });

  it('says nothing of too little text', () => {
    expect(languageOf(null, [text(20, 0.1)])).toEqual({ language: 'en', languageWarning: null });
    expect(languageOf(null, []).languageWarning).toBeNull();
  });
});
