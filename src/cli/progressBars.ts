import { Writable } from 'node:stream';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { IngestEvent } from '../protocol/ingest.ts';
import { STAGE_IDS, type StageId, STAGE_TITLES } from '../protocol/stage.ts';
import { singleLine } from '../pipeline/transcript/singleLine.ts';
import { type BarState, barLine } from './barLine.ts';
import type { CliIo } from './io.ts';
import type { Palette } from './palette.ts';

type Row = StageId | 'overall';

/** Rows of a terminal that the bars leave free. */
const SPARE_ROWS = 2;

/** Progress on a terminal: a bar for the whole and one for each stage that has begun. */
export class ProgressBars {
  readonly #io: CliIo;
  readonly #palette: Palette;
  readonly #states = new Map<Row, BarState>();
  #multiBar: MultiBar | null = null;
  readonly #bars = new Map<Row, SingleBar>();

  constructor(io: CliIo, palette: Palette) {
    this.#io = io;
    this.#palette = palette;
  }

  readonly onEvent = (event: IngestEvent): void => {
    if (event.type === 'started') {
      this.close();
      this.#io.stderr.write(`${this.#palette.bold(singleLine(event.title))} (${event.id})\n`);
      this.#change('overall', { title: 'All', state: 'running', startedAt: this.#io.now() });
    } else if (event.type === 'stage') {
      this.#stage(event.stage, event.state);
    } else if (event.type === 'progress') {
      const { stage, fraction, etaSeconds, speed } = event;
      this.#change(stage, { fraction, etaSeconds, speed });
      this.#change('overall', {
        title: 'All',
        fraction: event.overallFraction,
        etaSeconds: event.overallEtaSeconds,
      });
    } else if (event.type === 'result') {
      this.#change('overall', { state: 'done', fraction: 1, endedAt: this.#io.now() });
    } else if (event.type === 'playlist') {
      this.suspend();
      const count = `${event.done} of ${event.entries} done`;
      this.#io.stderr.write(`Playlist ${singleLine(event.title)}: ${count}\n`);
    }
  };

  /** Leaves what is shown and gives the terminal back; the next event draws anew below. */
  readonly suspend = (): void => {
    this.#multiBar?.stop();
    this.#multiBar = null;
    this.#bars.clear();
  };

  readonly close = (): void => {
    this.suspend();
    this.#states.clear();
  };

  #stage(stage: StageId, state: BarState['state']): void {
    if (state === 'waiting') return;
    const now = this.#io.now();
    if (state === 'running') {
      const startedAt = this.#states.get(stage)?.startedAt ?? now;
      this.#change(stage, { state, startedAt });
    } else {
      const complete = state === 'done' || state === 'cached';
      this.#change(stage, { state, endedAt: now, ...(complete ? { fraction: 1 } : {}) });
    }
  }

  #change(row: Row, change: Partial<BarState>): void {
    const before = this.#states.get(row) ?? {
      title: row === 'overall' ? 'All' : STAGE_TITLES[row],
      state: 'running',
      fraction: null,
      etaSeconds: null,
      speed: null,
      startedAt: null,
      endedAt: null,
    };
    const state = { ...before, ...change };
    this.#states.set(row, state);
    this.#show(row);
  }

  #show(row: Row): void {
    const bar = this.#bars.get(row);
    if (bar !== undefined) {
      bar.update(0, { row });
      return;
    }
    if (row !== 'overall' && (this.#io.stderr.rows ?? 24) < STAGE_IDS.length + 1 + SPARE_ROWS)
      return;
    // After a suspension all rows come back, in the order in which they began.
    for (const known of this.#states.keys()) {
      if (!this.#bars.has(known)) this.#bars.set(known, this.#bar(known));
    }
  }

  #bar(row: Row): SingleBar {
    this.#multiBar ??= new MultiBar({
      stream: barStream(this.#io),
      hideCursor: true,
      // Signals are ours; the library would end the process from its own handlers.
      gracefulExit: false,
      fps: 5,
      emptyOnZero: true,
    });
    return this.#multiBar.create(1, 0, { row }, { format: () => this.#line(row) });
  }

  #line(row: Row): string {
    const state = this.#states.get(row);
    const columns = (this.#io.stderr.columns ?? 80) - 1;
    return state === undefined ? '' : barLine(state, columns, this.#io.now(), this.#palette);
  }
}

/**
 * The terminal as cli-progress sees it: endlessly wide. Lines are cut to the true width here, by columns; cli-progress
 * would cut the last drawing by characters, colour codes among them.
 */
function barStream({ stderr }: CliIo): NodeJS.WritableStream {
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      stderr.write(chunk);
      done();
    },
  });
  return Object.assign(stream, { isTTY: true, columns: Infinity });
}
