import { isAbsolute, join, relative, sep } from 'node:path';
import type { LastVerdict, Mark } from '../../protocol/markMessages.ts';
import { realFolder } from '../../runs/judgements/workspaceRoot.ts';
import type { Library } from '../../store/library.ts';
import type { ReadJudgement } from '../../store/judgements.ts';

/** The contract: a window need not hold more. */
const MOST_MARKS = 5000;

/** A mark with the folder that its judgement is of, which its file is relative to there. */
interface KnownMark {
  readonly mark: Mark;
  readonly judgement: ReadJudgement;
}

/** The marks of a folder, the newest of each key, also of judgements of a folder around it or in it. */
export function workspaceMarks(
  library: Library,
  folder: string,
): { marks: Mark[]; last: LastVerdict | null } {
  const known = knownMarks(library, folder);
  const judgements = judgementsAround(library, folder);
  const last = judgements.findLast(({ verdict, accepted }) => verdict !== null && !accepted);
  return {
    marks: Array.from(known.values(), ({ mark }) => mark).slice(0, MOST_MARKS),
    last:
      last?.verdict == null
        ? null
        : { ...last.verdict, name: last.name, origin: last.origin, madeAt: last.madeAt },
  };
}

/** The mark of a key in a folder. */
export function knownMark(library: Library, folder: string, key: string): KnownMark | undefined {
  return knownMarks(library, folder).get(key);
}

function knownMarks(library: Library, folder: string): Map<string, KnownMark> {
  const root = realFolder(folder);
  const marks = new Map<string, KnownMark>();
  for (const judgement of judgementsAround(library, folder)) {
    for (const mark of judgement.marks) {
      const file = below(root, join(judgement.workspace, mark.file));
      if (file === null) continue;
      // The newest last, also in the order of the map.
      marks.delete(mark.key);
      marks.set(mark.key, { judgement, mark: { ...mark, file } });
    }
  }
  return marks;
}

/** The oldest first. */
function judgementsAround(library: Library, folder: string): ReadJudgement[] {
  const root = realFolder(folder);
  return library.judgements.of(
    (workspace) =>
      workspace === root || below(root, workspace) !== null || below(workspace, root) !== null,
  );
}

/** A path relative to a folder with `/`, or null where it is not below it. */
function below(folder: string, path: string): string | null {
  const within = relative(folder, path);
  if (within === '' || within === '..' || within.startsWith(`..${sep}`) || isAbsolute(within)) {
    return null;
  }
  return within.split(sep).join('/');
}
