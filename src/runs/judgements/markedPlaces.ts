import { anchorText } from '../../protocol/anchorText.ts';
import type { Mark } from '../../protocol/markMessages.ts';
import type { SourceRef } from '../../profiler/model/run.ts';
import type { WorkspaceFiles } from '../../profiler/source/workspaceFiles.ts';

/** A line of the workspace, with the text that it had. */
export type MarkedPlace = Pick<Mark, 'file' | 'source' | 'lineText'>;

/** A located place as a mark holds it; null where it is not in a source of the workspace that can be read. */
export async function markedPlace(
  files: WorkspaceFiles,
  location: SourceRef | null,
): Promise<MarkedPlace | null> {
  const file = location === null ? null : files.inside(location.file);
  const text = file === null ? null : await files.text(file);
  if (location === null || file === null || text === null) return null;
  const { line, column = null, rung } = location;
  const lineText = text.split('\n')[line - 1];
  if (lineText === undefined) return null;
  return { file, source: { file, line, column, rung }, lineText: anchorText(lineText) };
}
