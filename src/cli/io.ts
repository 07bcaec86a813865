/** A stream to print to; a terminal has a size. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Everything that the command line knows of the process it runs in, so that tests can give it another. */
export interface CliIo {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Of the package. */
  readonly version: string;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /** Where the library is when nothing says otherwise. */
  readonly defaultHome: () => Promise<string>;
  /** Asks a yes-or-no question on the terminal; false when the signal fires or the input ends. */
  readonly ask: (question: string, signal: AbortSignal) => Promise<boolean>;
  /** Listens to a signal, and gives back how to stop that. */
  readonly onSignal: (signal: StopSignal, listener: () => void) => () => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
}
