import { StringDecoder } from 'node:string_decoder';
import type { RunBuilder } from '../model/runBuilder.ts';
import type { TrackId } from '../model/units.ts';

/** Most that is kept of the output of a program; what comes later is counted. */
const MAX_LINES = 200_000;
const MAX_CHARACTERS = 32 * 2 ** 20;
/** Longer lines are cut. */
const MAX_LINE = 4096;

/** Keeps what a program prints as log lines at the time of their arrival. */
export class OutputLog {
  readonly #builder: RunBuilder;
  readonly #track: TrackId;
  readonly #toRunNs: (clockNs: bigint) => number;
  #lines = 0;
  #characters = 0;

  constructor(builder: RunBuilder, track: TrackId, toRunNs: (clockNs: bigint) => number) {
    this.#builder = builder;
    this.#track = track;
    this.#toRunNs = toRunNs;
  }

  /** Takes the chunks of one stream; call `end` after the last. */
  stream(name: 'stdout' | 'stderr'): {
    chunk(bytes: Buffer, arrivedNs: bigint): void;
    end(): void;
  } {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    let restNs = 0n;
    return {
      chunk: (bytes, arrivedNs) => {
        const text = rest + decoder.write(bytes);
        const lines = text.split(/\r?\n|\r(?!$)/u);
        rest = (lines.pop() ?? '').slice(0, MAX_LINE);
        restNs = arrivedNs;
        for (const line of lines) this.#add(name, line, arrivedNs);
      },
      end: () => {
        const last = rest + decoder.end();
        if (last !== '') this.#add(name, last, restNs);
        rest = '';
      },
    };
  }

  #add(stream: string, line: string, arrivedNs: bigint): void {
    if (line.trim() === '') return;
    if (this.#lines >= MAX_LINES || this.#characters >= MAX_CHARACTERS) {
      this.#builder.drop('droppedInstants');
      return;
    }
    const text = line.slice(0, MAX_LINE);
    this.#lines += 1;
    this.#characters += text.length;
    this.#builder.addInstant({
      kind: 'log',
      text,
      timeNs: this.#toRunNs(arrivedNs),
      track: this.#track,
      attributes: { 'log.iostream': stream },
    });
  }
}
