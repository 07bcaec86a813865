import { resolve } from 'node:path';
import type { Earshot, EarshotOptions } from '../pipeline/earshot.ts';
import { homeLayout } from '../pipeline/home.ts';
import type { Library } from '../store/library.ts';
import type { Cancellation } from './cancellation.ts';
import type { GlobalOptions } from './globalOptions.ts';
import type { CliIo } from './io.ts';
import type { Output } from './output.ts';

export type CreateEarshot = (options: EarshotOptions) => Promise<Earshot>;

/** One call of the command line: what it prints to, and the library that it opens when a command needs it. */
export class Session {
  readonly io: CliIo;
  readonly output: Output;
  readonly cancellation: Cancellation;
  readonly #options: GlobalOptions;
  readonly #create: CreateEarshot;
  #earshot: Earshot | null = null;
  #library: Library | null = null;

  constructor(
    io: CliIo,
    output: Output,
    cancellation: Cancellation,
    options: GlobalOptions,
    create: CreateEarshot,
  ) {
    this.io = io;
    this.output = output;
    this.cancellation = cancellation;
    this.#options = options;
    this.#create = create;
  }

  /** Opens the library, once. */
  async earshot(more: Partial<EarshotOptions> = {}): Promise<Earshot> {
    const { env, cwd } = this.io;
    this.#earshot ??= await this.#create({
      home: await this.home(),
      workspace: cwd,
      ffmpegPath: given(env['EARSHOT_FFMPEG']),
      ytDlpPath: given(env['EARSHOT_YT_DLP']),
      ...more,
    });
    return this.#earshot;
  }

  /** The folder of the library. */
  async home(): Promise<string> {
    const { home } = this.#options;
    return home === undefined ? await this.io.defaultHome() : resolve(this.io.cwd, home);
  }

  /** Opens the library without the pipeline, once: for what only works on runs. */
  async library(): Promise<Library> {
    if (this.#library === null) {
      const { openLibraryAt } = await import('../store/library.ts');
      this.#library = openLibraryAt(homeLayout(await this.home()).library);
    }
    return this.#library;
  }

  /** Whether there is a person who can be asked. */
  get interactive(): boolean {
    return this.io.stdin.isTTY === true && this.io.stderr.isTTY === true;
  }

  async close(): Promise<void> {
    await this.#earshot?.close();
    this.#earshot = null;
    this.#library?.close();
    this.#library = null;
  }
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
