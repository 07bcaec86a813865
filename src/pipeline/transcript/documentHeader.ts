import type { IngestResult } from '../../protocol/ingest.ts';
import { clockTime } from './clockTime.ts';
import { languageName } from './languageName.ts';
import { singleLine } from './singleLine.ts';

/** Title, source, the line of facts, and the warning where there is one. */
export function headerLines({ transcript, ledger }: IngestResult): string[] {
  const title = singleLine(transcript.title);
  const lines = [`# ${title === '' ? 'Untitled' : title}`, ''];
  lines.push(`Source: ${singleLine(transcript.source)}  `);
  const count = transcript.speakers.length;
  const facts = [
    clockTime(transcript.durationSeconds),
    count === 1 ? '1 speaker' : `${count} speakers`,
    languageName(transcript.language),
  ];
  if (ledger.embeddings.total > 0) {
    const covered = ledger.embeddings.buckets
      .filter(({ name }) => name === 'own' || name === 'widened')
      .reduce((sum, { percent }) => sum + percent, 0);
    facts.push(`voices of ${covered.toFixed(1)} % of the segments`);
  }
  lines.push(facts.join(' · '));
  if (transcript.languageWarning !== null) {
    lines.push('', `> ⚠ ${singleLine(transcript.languageWarning)}`);
  }
  if (transcript.segments.length === 0) lines.push('', 'No speech was found.');
  return lines;
}
