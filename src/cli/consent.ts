import { singleLine } from '../pipeline/transcript/singleLine.ts';
import type { Session } from './session.ts';

/** How a command consents: `--yes` does, a person on the terminal is asked, and nobody else can. */
export function consentFrom(
  session: Session,
  yes: boolean,
  makeRoom: () => void = () => undefined,
): (question: string) => Promise<boolean> {
  return async (question) => {
    if (yes) return true;
    const { io, output, cancellation } = session;
    const text = question.split('\n').map(singleLine).join('\n');
    if (!session.interactive) {
      output.warning(text, 'Nobody can be asked here; pass --yes to agree.');
      return false;
    }
    makeRoom();
    return io.ask(text, cancellation.signal);
  };
}
