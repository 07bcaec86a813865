import { EarshotError } from '../../pipeline/earshotError.ts';
import {
  AcceptMark,
  GetMarks,
  GetProject,
  MarksChanged,
  SilenceMark,
} from '../../protocol/markMessages.ts';
import { Judgements } from '../../store/judgements.ts';
import type { Library } from '../../store/library.ts';
import { ChangeWatch } from '../changeWatch.ts';
import type { CreateService } from '../workerContext.ts';
import { projectOf } from './project.ts';
import { knownMark, workspaceMarks } from './workspaceMarks.ts';

/** Answers what is known of the lines of a workspace, and tells when that changed. */
export const createMarksService: CreateService = (context) => {
  const { connection } = context;
  // Nobody need be told before somebody has asked.
  let watch: ChangeWatch | undefined;
  connection.handle(GetMarks, ({ workspace }) => {
    const library = context.library();
    // Before it is read, so that no change is missed in between.
    watch ??= new ChangeWatch(library.path, (database) => {
      const judgements = new Judgements(database, library.path);
      return () => judgements.stamp();
    });
    return workspaceMarks(library, workspace);
  });
  connection.handle(AcceptMark, ({ workspace, key, note }) => {
    const accepted = acceptMark(context.library(), workspace, key, note);
    check();
    return { accepted };
  });
  connection.handle(SilenceMark, ({ workspace, key, reason }) => {
    const { judgements } = context.library();
    const known = found(context.library(), workspace, key);
    judgements.silence(known.judgement.workspace, key, reason);
    check();
    return {};
  });
  connection.handle(GetProject, ({ workspace }) => projectOf(workspace));

  function check(): void {
    try {
      if (watch?.changed() === true) connection.notify(MarksChanged, {});
    } catch {
      // A busy library: the next look sees it.
    }
  }
  return { check, stop: () => watch?.close() };
};

/** Gives the ids of the runs that were accepted. @throws EarshotError `mark.unknown`, `accept.not-done` */
function acceptMark(
  library: Library,
  workspace: string,
  key: string,
  note: string | null,
): string[] {
  const { mark } = found(library, workspace, key);
  const { profiles, baselines } = library;
  const runs = mark.runs.b.flatMap((id) => profiles.exact(id) ?? []);
  if (runs.length === 0 || runs.some(({ status }) => status !== 'done')) {
    throw new EarshotError(
      'accept.not-done',
      'The runs that were judged are not in the library any more, or did not come to their end.',
      'Run the gate or the comparison again.',
    );
  }
  const acceptedAt = new Date().toISOString();
  const accept = library.database.transaction(() => {
    for (const { series, id: runId } of runs) baselines.accept({ series, runId, acceptedAt, note });
  });
  accept.immediate();
  return runs.map(({ id }) => id);
}

function found(library: Library, workspace: string, key: string) {
  const known = knownMark(library, workspace, key);
  if (known !== undefined) return known;
  throw new EarshotError(
    'mark.unknown',
    'This was judged anew since, or is not known any more.',
    'Look at the line again.',
  );
}
