import type { Finding, FindingSubject } from '../diagnosis/finding.ts';
import { type Run, type SourceRef, sourceOf } from '../model/run.ts';
import { NO_SPAN, type SpanIndex } from '../model/units.ts';
import { findLiteral } from './literalSearch.ts';
import { type PathMaps, resolvePath } from './resolvePath.ts';
import { findSymbol } from './symbolSearch.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

/** What is known of the project beside its files. */
export interface SourceHints {
  readonly pathMaps?: PathMaps;
  /** `file:line` by span name or log template, from the project's configuration. */
  readonly sourceLines?: Readonly<Record<string, string>>;
}

/** How far up a span's parents a place inside the workspace is looked for: library frames lie below the user's. */
const MOST_ANCESTORS = 64;

/**
 * Gives each finding the line of the workspace that it is about, down this ladder: the place that a span states
 * (`code.*` attributes or the frame of a profile; of the span or the nearest ancestor in the workspace), the definition
 * of a qualified name, the name or template as a string literal, the project's own map. A place outside the workspace is
 * told as it was stated, and never opened.
 */
export async function locateFindings(
  run: Run,
  findings: readonly Finding[],
  files: WorkspaceFiles,
  hints: SourceHints = {},
): Promise<Finding[]> {
  const located: Finding[] = [];
  for (const finding of findings) {
    const location = finding.location ?? (await locateSubject(run, finding.subject, files, hints));
    located.push({ ...finding, location });
  }
  return located;
}

/** The line that spans and texts are about, down the same ladder; null where no rung holds. */
export async function locateSubject(
  run: Run,
  subject: FindingSubject,
  files: WorkspaceFiles,
  hints: SourceHints,
): Promise<SourceRef | null> {
  let stated: SourceRef | null = null;
  for (const span of subject.spans.slice(0, 8)) {
    for (const ref of statedPlaces(run, span)) {
      stated ??= ref;
      const file = await resolvePath(files, ref.file, hints.pathMaps);
      if (file !== null) return { ...ref, file };
    }
  }
  const functionName = stated?.functionName;
  const names = functionName === undefined ? [] : [functionName];
  for (const name of [...names, ...subject.texts.filter((text) => !text.includes(' '))]) {
    const symbol = await findSymbol(files, name);
    if (symbol !== null) return { ...symbol, functionName: name, rung: 'symbol' };
  }
  const literal = await findLiteral(files, subject.texts);
  if (literal !== null) return { ...literal, rung: 'string-literal' };
  return mappedPlace(files, subject.texts, hints) ?? stated;
}

/** The source references of a span and its ancestors, the nearest first. */
function statedPlaces(run: Run, span: SpanIndex): SourceRef[] {
  const places: SourceRef[] = [];
  let at = span;
  for (let step = 0; at !== NO_SPAN && step < MOST_ANCESTORS; step += 1) {
    const ref = sourceOf(run, run.spans.sourceId[at] ?? 0);
    if (ref !== null) places.push(ref);
    at = run.spans.parent[at] ?? NO_SPAN;
  }
  return places;
}

function mappedPlace(
  files: WorkspaceFiles,
  texts: readonly string[],
  { sourceLines = {} }: SourceHints,
): SourceRef | null {
  for (const text of texts) {
    const place = Object.hasOwn(sourceLines, text) ? sourceLines[text] : undefined;
    const [, path, line] = /^(.+):(\d{1,9})$/u.exec(place ?? '') ?? [];
    const file = path === undefined ? null : files.inside(path);
    if (file !== null) return { file, line: Number(line), rung: 'user-map' };
  }
  return null;
}
