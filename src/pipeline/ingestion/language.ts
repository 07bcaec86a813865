/** Mean confidence over words below which the speech is hardly in the model's language. */
const LEAST_CONFIDENCE = 0.55;
/** Below this there is too little text to tell. */
const LEAST_CHARACTERS = 40;

interface SpokenText {
  readonly text: string;
  readonly confidence: number;
}

/**
 * The language of a transcript, and a warning where the speech does not seem to be English, which is what the recognition
 * model is for: the source says so, or the model was unsure all along.
 */
export function languageOf(
  stated: string | null,
  segments: readonly SpokenText[],
): { language: string; languageWarning: string | null } {
  if (stated && !/^en\b/iu.test(stated)) {
    return {
      language: stated,
      languageWarning:
        `The source says that its language is “${stated}”, but the recognition model knows English only: ` +
        'do not trust the text. Speakers and times hold.',
    };
  }
  const characters = segments.reduce((sum, { text }) => sum + text.length, 0);
  const weighted = segments.reduce(
    (sum, { text, confidence }) => sum + text.length * confidence,
    0,
  );
  if (characters >= LEAST_CHARACTERS && weighted / characters < LEAST_CONFIDENCE) {
    return {
      language: 'und',
      languageWarning:
        `The speech does not seem to be English (mean confidence ${(weighted / characters).toFixed(2)}), the only ` +
        'language that the recognition model knows: do not trust the text. Speakers and times hold.',
    };
  }
  return { language: 'en', languageWarning: null };
}
