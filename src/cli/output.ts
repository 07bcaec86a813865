import type { ErrorReport } from '../protocol/ingest.ts';
import { singleLine } from '../pipeline/transcript/singleLine.ts';
import type { GlobalOptions } from './globalOptions.ts';
import type { CliIo } from './io.ts';
import { type Palette, paletteFor } from './palette.ts';
import { printable } from './printable.ts';

/** Where things are printed: results to stdout, all else to stderr. */
export class Output {
  readonly json: boolean;
  readonly quiet: boolean;
  /** For stdout. */
  readonly palette: Palette;
  /** For stderr. */
  readonly sidePalette: Palette;
  readonly #io: CliIo;
  readonly #sideColours: boolean;

  constructor(io: CliIo, options: GlobalOptions) {
    this.#io = io;
    this.json = options.json === true;
    this.quiet = options.quiet === true;
    const colours = options.color !== false && (io.env['NO_COLOR'] ?? '') === '';
    const dumb = io.env['TERM'] === 'dumb';
    this.palette = paletteFor(colours && !dumb && io.stdout.isTTY === true);
    this.#sideColours = colours && !dumb && io.stderr.isTTY === true;
    this.sidePalette = paletteFor(this.#sideColours);
  }

  /** Width of the terminal that results go to; undefined where they go to a file or a program. */
  get columns(): number | undefined {
    return this.#io.stdout.isTTY === true ? this.#io.stdout.columns : undefined;
  }

  /** A result for a person or a file. */
  result(text: string): void {
    if (!this.json) this.#io.stdout.write(text);
  }

  /** Writes a piece of a large result and waits until there is room for the next. */
  async piece(chunk: string | Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#io.stdout.write(chunk, () => resolve());
    });
  }

  /** One object of `--json`. */
  record(value: object): void {
    if (this.json) this.#io.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** What a person likes to know while and after it runs; of escapes only the colours of `sidePalette` are kept. */
  info(text: string): void {
    if (this.json || this.quiet) return;
    this.#io.stderr.write(`${printable(text, this.#sideColours)}\n`);
  }

  warning(message: string, action?: string): void {
    if (this.json) return;
    const { yellow } = this.sidePalette;
    this.#say(yellow('!'), message, action);
  }

  /** A failure, to stderr in every mode. */
  failure(report: ErrorReport, about?: string): void {
    const message = about === undefined ? report.message : `${about}: ${report.message}`;
    this.#say(this.sidePalette.red('✗'), message, report.action);
  }

  /** A stack, for those who asked for it. */
  readonly debug = (error: unknown): void => {
    if (this.#io.env['EARSHOT_DEBUG'] !== '1' || !(error instanceof Error)) return;
    for (let each: unknown = error; each instanceof Error; each = each.cause) {
      this.#io.stderr.write(`${each.stack ?? each.message}\n`);
    }
  };

  #say(mark: string, message: string, action: string | undefined): void {
    this.#io.stderr.write(`${mark} ${indented(message)}\n`);
    if (action !== undefined && action !== '') {
      this.#io.stderr.write(`  → ${indented(action)}\n`);
    }
  }
}

/** Text of several lines below a mark, without what would move the cursor. */
function indented(text: string): string {
  return text.split('\n').map(singleLine).filter(Boolean).join('\n  ');
}
