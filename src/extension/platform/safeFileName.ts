const MAX_CHARACTERS = 80;

/** Text from outside as the name of a file that every platform takes; `Untitled` where nothing of it is left. */
export function safeFileName(text: string): string {
  const clean = text
    .replace(/[\\/:*?"<>|#%\u0000-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '');
  return (
    clean
      .slice(0, MAX_CHARACTERS)
      .toWellFormed()
      .replace(/[. ]+$/, '') || 'Untitled'
  );
}
