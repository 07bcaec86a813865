import type { IngestResult } from '../../protocol/ingest.ts';
import { renderDocument } from './document.ts';

/** The transcript as Markdown: the text of the editor document. */
export function toMarkdown(result: IngestResult): string {
  return renderDocument(result).text;
}
