/** What the status bar shows of the worker. */
export type WorkerState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly pid: number; readonly home: string }
  | { readonly kind: 'restarting'; readonly delayMs: number; readonly attempt: number }
  | { readonly kind: 'failed'; readonly message: string; readonly action: string };
