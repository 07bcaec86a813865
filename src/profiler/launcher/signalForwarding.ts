import { type ChildProgram, behindTerminal } from './childProgram.ts';
import type { LaunchRequest } from './launch.ts';
import { sendSignal } from './stopProgram.ts';

/** Passes the signals that we get on to a program. */
export class SignalForwarding {
  readonly stop: () => void;
  /** Whether the program was told to stop. */
  stopped = false;

  constructor(program: ChildProgram, onSignal: LaunchRequest['onSignal']) {
    const besideUs = behindTerminal() && !program.ownGroup;
    const unsubscribe = onSignal?.((signal) => {
      this.stopped = true;
      // Of the signals of a terminal the program, in our process group, has got its own.
      if (besideUs && (signal === 'SIGINT' || signal === 'SIGHUP')) return;
      sendSignal(program.ownGroup ? -program.pid : program.pid, signal);
    });
    this.stop = unsubscribe ?? (() => undefined);
  }
}
