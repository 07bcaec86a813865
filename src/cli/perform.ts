import type { Session } from './session.ts';

/** Carries a command out in a session that the caller opens and closes. */
export type Perform = (command: (session: Session) => Promise<number>) => Promise<void>;
