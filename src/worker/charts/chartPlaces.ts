import { join } from 'node:path';
import { loadConfig } from '../../pipeline/config/loadConfig.ts';
import type { FindingSubject } from '../../profiler/diagnosis/finding.ts';
import type { Run } from '../../profiler/model/run.ts';
import { TARGET_NAMES } from '../../profiler/report/targets.ts';
import { locateSubject } from '../../profiler/source/locateFindings.ts';
import { WorkspaceFiles } from '../../profiler/source/workspaceFiles.ts';

/** A line of the workspace, or why there is none. */
export type FoundPlace =
  | {
      readonly found: true;
      /** Absolute. */
      readonly path: string;
      readonly line: number;
      readonly column: number | null;
      readonly rung: string;
    }
  | { readonly found: false; readonly reason: string };

/**
 * Finds the line of spans or texts of a run by the whole ladder. Nothing outside of the workspace is ever found: a place
 * there is only named.
 *
 * @param workspace undefined where none counts. @throws EarshotError `config.*`
 */
export async function findPlace(
  run: Run,
  subject: FindingSubject,
  workspace: string | undefined,
): Promise<FoundPlace> {
  if (workspace === undefined) {
    return nowhere('There is no trusted folder open to look for the line in.');
  }
  const config = loadConfig(workspace, TARGET_NAMES);
  const { pathMaps = {}, sourceLines = {} } = config?.config ?? {};
  const files = new WorkspaceFiles(workspace);
  const place = await locateSubject(run, subject, files, { pathMaps, sourceLines });
  if (place === null) {
    return nowhere('No line of the workspace could be told to be its source.');
  }
  const within = files.inside(place.file);
  if (within === null || (await files.text(within)) === null) {
    return nowhere(`It is in ${place.file}, line ${place.line}, which is not in the workspace.`);
  }
  const { line, column = null, rung } = place;
  return { found: true, path: join(workspace, within), line, column, rung };
}

function nowhere(reason: string): FoundPlace {
  return { found: false, reason };
}
