import type { Finding } from '../../profiler/diagnosis/finding.ts';
import type { WorkspaceFiles } from '../../profiler/source/workspaceFiles.ts';
import type { KeptMark } from '../../store/judgements.ts';
import { markedPlace } from './markedPlaces.ts';
import type { MarkFrame } from './verdictMarks.ts';

const MOST_CHARACTERS = 500;

/** Puts findings on their lines, the most important first; what is on no line of the workspace is left out. */
export async function findingMarks(
  findings: readonly Finding[],
  files: WorkspaceFiles,
  frame: MarkFrame,
): Promise<KeptMark[]> {
  const marks = new Map<string, KeptMark>();
  for (const finding of findings) {
    const place = await markedPlace(files, finding.location);
    if (place === null) continue;
    // By its place in words, as its line number changes with every edit above.
    const key = JSON.stringify(['finding', finding.kind, place.file, place.lineText]);
    if (marks.has(key)) continue;
    const { kind, severity, title, expected, actual, cause, fix, wastedSeconds, share } = finding;
    marks.set(key, {
      ...frame,
      ...place,
      key,
      verdict: null,
      finding: {
        ...{ kind, severity, title, expected, actual, cause, fix, wastedSeconds, share },
        evidence: finding.evidence.map(({ text, file = null, line = null, span = null }) => ({
          text: text.slice(0, MOST_CHARACTERS),
          ...{ file, line, span },
        })),
      },
      share,
      span: finding.subject.spans[0] ?? null,
    });
  }
  return Array.from(marks.values());
}
