import type { IngestEvent } from '../protocol/ingest.ts';
import type { Cancellation } from './cancellation.ts';
import type { CliIo } from './io.ts';
import type { Output } from './output.ts';
import { ProgressBars } from './progressBars.ts';
import { ProgressLines } from './progressLines.ts';

/** Shows a person how an ingest goes on. */
export interface ProgressView {
  readonly onEvent: (event: IngestEvent) => void;
  /** Makes room for a question; the next event goes on showing. */
  readonly suspend: () => void;
  readonly close: () => void;
}

const SILENT: ProgressView = { onEvent: ignore, suspend: ignore, close: ignore };

/** Bars on a terminal, lines elsewhere, nothing for `--quiet` and `--json`. */
export function progressView(io: CliIo, output: Output, cancellation: Cancellation): ProgressView {
  if (output.json || output.quiet) return SILENT;
  if (io.stderr.isTTY !== true || io.env['TERM'] === 'dumb') return new ProgressLines(io, output);
  const bars = new ProgressBars(io, output.sidePalette);
  const forget = cancellation.onStop(bars.suspend);
  return {
    onEvent: bars.onEvent,
    suspend: bars.suspend,
    close: () => {
      forget();
      bars.close();
    },
  };
}

function ignore(): void {
  // Nothing is shown.
}
