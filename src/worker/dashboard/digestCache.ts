import type { Run } from '../../profiler/model/run.ts';
import type { Library } from '../../store/library.ts';
import type { RunDigest } from './runDigest.ts';

/** Derives digests, of large runs beside the worker's other work. */
export type Digester = (run: Run) => Promise<RunDigest>;

/** More than a dashboard shows at once, with those of a second series. */
const MOST_DIGESTS = 1200;

/**
 * Digests by the id of their run. A run that has ended does not change, except that an ingest may be stored a second
 * time, with its end: so the number of its bytes counts as well.
 */
export class DigestCache {
  readonly #digests = new Map<string, RunDigest>();
  readonly #digest: Digester;

  constructor(digest: Digester) {
    this.#digest = digest;
  }

  /**
   * The digest of a stored run; the run is read once.
   *
   * @throws EarshotError `run.*`; ProfilerError `codec.*` for a damaged run
   */
  async get(
    library: Library,
    { id, bytes }: { readonly id: string; readonly bytes: number },
  ): Promise<RunDigest> {
    const key = `${id} ${bytes}`;
    const digest = this.#digests.get(key) ?? (await this.#digest(library.profiles.load(id)));
    // Last in, last out.
    this.#digests.delete(key);
    this.#digests.set(key, digest);
    for (const oldest of this.#digests.keys()) {
      if (this.#digests.size <= MOST_DIGESTS) break;
      this.#digests.delete(oldest);
    }
    return digest;
  }

  /** Whether the digest is at hand. */
  has({ id, bytes }: { readonly id: string; readonly bytes: number }): boolean {
    return this.#digests.has(`${id} ${bytes}`);
  }
}
