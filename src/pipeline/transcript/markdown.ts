import type { IngestResult } from '../../protocol/ingest.ts';
import { renderDocument } from './document.ts';

/** The transcript as Markdown: the text of the editor document, with the addresses of its times. */
export function toMarkdown(result: IngestResult): string {
  return renderDocument(result, { inlineLinks: true }).text;
}
