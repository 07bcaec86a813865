import { singleLine } from '../../pipeline/transcript/singleLine.ts';
import { EXIT } from '../exitCodes.ts';
import type { Session } from '../session.ts';

/** `remove ID`: on a terminal it asks first; a script means what it says. */
export async function remove(
  session: Session,
  id: string,
  flags: { readonly yes?: boolean },
): Promise<number> {
  const { io, output, cancellation } = session;
  const earshot = await session.earshot();
  if (flags.yes !== true && session.interactive) {
    const title = earshot.list().find((video) => video.id === id)?.title;
    const what = title === undefined ? id : `"${singleLine(title)}" (${id})`;
    const question = `Remove ${what} with transcript, embeddings and runs?`;
    if (title !== undefined && !(await io.ask(question, cancellation.signal))) {
      output.info('Nothing was removed.');
      output.record({ type: 'cancelled', id });
      return EXIT.cancelled;
    }
  }
  const removed = await earshot.remove(id);
  output.record({ type: 'result', command: 'remove', video: removed });
  output.info(`Removed "${singleLine(removed.title)}" (${removed.id}).`);
  return EXIT.ok;
}
