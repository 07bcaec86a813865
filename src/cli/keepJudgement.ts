import type { Judgement } from '../store/judgements.ts';
import type { Library } from '../store/library.ts';
import type { Session } from './session.ts';

/** Of many runs that are made at once, those of the last series. */
const MOST_SERIES = 10;

/**
 * Keeps for editors what a command said, after it has said it. It fails nothing: the command has done its work, and what
 * an editor shows can be had again.
 */
export async function keepJudgement(
  session: Session,
  judge: (library: Library) => Promise<Judgement>,
): Promise<void> {
  if (session.cancellation.signal.aborted) return;
  try {
    const library = await session.library();
    library.judgements.put(await judge(library));
  } catch (error) {
    session.output.debug(error);
  }
}

/** Keeps what is wrong with stored runs of programs, of each series the last one. */
export async function judgeStoredRuns(session: Session, ids: readonly string[]): Promise<void> {
  const { profiles } = await session.library();
  const lastOf = new Map(ids.map((id) => [profiles.find(id).series, id]));
  for (const [series, id] of Array.from(lastOf).slice(-MOST_SERIES)) {
    await keepJudgement(session, async (library) => {
      const { judgeRun } = await import('../runs/judgements/judge.ts');
      const { workspaceRoot } = await import('../runs/judgements/workspaceRoot.ts');
      return judgeRun(library, id, series, workspaceRoot(session.io.cwd));
    });
  }
}
