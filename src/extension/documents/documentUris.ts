import { safeFileName } from '../platform/safeFileName.ts';

/** Scheme of everything that Earshot shows as a read-only document. */
export const SCHEME = 'earshot';
/** Language of transcripts; contributed with a grammar of its own. */
export const TRANSCRIPT_LANGUAGE = 'earshot-transcript';

/** What a path under `earshot:` stands for. */
export type DocumentPath =
  | { readonly kind: 'transcript'; readonly id: string }
  | { readonly kind: 'run'; readonly id: string }
  | { readonly kind: 'page'; readonly id: string };

/** `/transcripts/<id>/<title>.transcript.md`: the title is for the tab, the id is what counts. */
export function transcriptPath(id: string, title: string): string {
  return `/transcripts/${encodeURIComponent(id)}/${safeFileName(title)}.transcript.md`;
}

/** `/runs/<id>/<title>.report.md` */
export function runPath(runId: string, title: string): string {
  return `/runs/${encodeURIComponent(runId)}/${safeFileName(title)}.report.md`;
}

/** Documents made for the moment: `/pages/<name>.md`. */
export function pagePath(name: string): string {
  return `/pages/${encodeURIComponent(name)}.md`;
}

/** Undefined where no document has this path. */
export function parseDocumentPath(path: string): DocumentPath | undefined {
  try {
    return documentAt(path);
  } catch {
    // A percent sign that encodes nothing: not a path that was made here.
    return undefined;
  }
}

function documentAt(path: string): DocumentPath | undefined {
  const [, folder, first, second, ...more] = path.split('/');
  if (first === undefined || more.length > 0) return undefined;
  if (folder === 'transcripts' && second?.endsWith('.transcript.md') === true) {
    return { kind: 'transcript', id: decodeURIComponent(first) };
  }
  if (folder === 'runs' && second?.endsWith('.report.md') === true) {
    return { kind: 'run', id: decodeURIComponent(first) };
  }
  if (folder !== 'pages' || second !== undefined || !first.endsWith('.md')) return undefined;
  return { kind: 'page', id: decodeURIComponent(first.slice(0, -'.md'.length)) };
}
