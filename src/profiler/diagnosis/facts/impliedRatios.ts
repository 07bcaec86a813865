import type { Measurement } from '../../model/logSummary.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';

/**
 * Two counts beside a share that was wanted are the part and the whole of a ratio: `embedded=288 segments=830
 * target=">= 90%"`. The ratios that the lines so imply, one a line.
 *
 * @param measurements in the order of the log.
 */
export function impliedRatios(measurements: readonly Measurement[]): Measurement[] {
  const lines = new Map<string, Measurement[]>();
  const wanted = new Set<string>();
  for (const each of measurements) {
    const key = `${each.file}:${each.line}`;
    if (each.kind === 'percentage' && each.role === 'target' && each.direction !== 'at-most') {
      wanted.add(key);
    }
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [each]);
    else line.push(each);
  }
  return [...wanted].flatMap((key) => ratioOf(lines.get(key) ?? []) ?? []);
}

function ratioOf(line: readonly Measurement[]): Measurement | null {
  const actual = line.filter(({ role }) => role === 'actual');
  if (actual.some(({ kind }) => kind === 'ratio' || kind === 'percentage')) return null;
  const [a, b, more] = actual.filter(({ kind, value }) => kind === 'count' && (value ?? -1) >= 0);
  if (a === undefined || b === undefined || more !== undefined) return null;
  const [part, whole] = (a.value ?? 0) <= (b.value ?? 0) ? [a, b] : [b, a];
  const of = whole.value ?? 0;
  if (of < 2) return null;
  const lost = says(wordsOf(part.label), VOCABULARY.dropped);
  const value = lost ? of - (part.value ?? 0) : part.value;
  const { label } = lost ? whole : part;
  return { ...part, kind: 'ratio', value, of, label, unit: whole.unit };
}
