import { ProfilerError } from '../model/profilerError.ts';
import type { ImportFormat, Importer, InputHead } from './importer.ts';

const SHOWN_CHARACTERS = 40;

/**
 * The importer that is surest of an input; of equally sure ones the first in the list. The name of a file settles
 * nothing by itself: it is the importers' business, as a hint.
 *
 * @param as the format where a person has said it.
 * @throws ProfilerError `import.empty`, `import.unknown-format`.
 */
export function detectFormat(
  head: InputHead,
  importers: readonly Importer[],
  as?: ImportFormat,
): Importer {
  if (head.complete && head.text.trim() === '') {
    throw new ProfilerError('import.empty', `${head.name} is empty.`);
  }
  if (as !== undefined) {
    const wanted = importers.find(({ format }) => format === as);
    if (wanted !== undefined) return wanted;
    throw new ProfilerError('import.unknown-format', `There is no importer for ${as}.`);
  }
  let best: Importer | null = null;
  let surest = 0;
  for (const importer of importers) {
    const sureness = importer.detect(head);
    if (sureness > surest) {
      best = importer;
      surest = sureness;
    }
  }
  if (best !== null) return best;
  const titles = importers.map(({ title }) => title).join(', ');
  const message = `${head.name} begins with ${beginning(head)}, which is none of: ${titles}.`;
  throw new ProfilerError('import.unknown-format', message);
}

function beginning({ bytes, text }: InputHead): string {
  const shown = text.slice(0, SHOWN_CHARACTERS);
  if (!/[\p{Cc}\uFFFD]/u.test(shown.replace(/\s/gu, ''))) {
    return `“${shown.replace(/\s+/gu, ' ').trim()}”`;
  }
  const hex = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  return `the bytes ${hex.join(' ')}`;
}
