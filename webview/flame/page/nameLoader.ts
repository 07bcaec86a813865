import { ChartNames } from '../../../src/protocol/chartMessages.ts';
import type { NameTable } from '../model/nameTable.ts';
import type { ChartSession } from './chartSession.ts';

/** Names of one revision of a chart: asked for once, put into the table of every scene. */
export class NameLoader {
  readonly #session: ChartSession;
  readonly #changed: () => void;
  readonly #names: string[] = [];
  readonly #tables = new Set<NameTable>();

  /** @param changed called when more names have come. */
  constructor(session: ChartSession, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  /** Fills a table with what is there and what comes. */
  fill(table: NameTable): void {
    table.add(0, this.#names);
    this.#tables.add(table);
  }

  /** Asks for all names, page by page. @throws RpcError */
  async load(): Promise<void> {
    for (let from: number | null = 0; from !== null;) {
      const { names, next }: { names: string[]; next: number | null } = await this.#session.ask(
        ChartNames,
        { from },
      );
      for (const table of this.#tables) table.add(from, names);
      for (const name of names) this.#names.push(name);
      from = next;
      this.#changed();
    }
  }
}
