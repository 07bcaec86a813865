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
    // An id may be given by its beginning; what names none or several is refused below.
    const [video, ...others] = earshot.list().filter((each) => each.id.startsWith(id));
    if (video !== undefined && others.length === 0) {
      const what = `"${singleLine(video.title)}" (${video.id})`;
      const question = `Remove ${what} with transcript, embeddings and runs?`;
      if (!(await io.ask(question, cancellation.signal))) {
        output.info('Nothing was removed.');
        output.record({ type: 'cancelled', id: video.id });
        return EXIT.cancelled;
      }
    }
  }
  const removed = await earshot.remove(id);
  output.record({ type: 'result', command: 'remove', video: removed });
  output.info(`Removed "${singleLine(removed.title)}" (${removed.id}).`);
  return EXIT.ok;
}
