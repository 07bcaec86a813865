/** What the phases that no view shows are called. */
const PHASES: ReadonlyMap<string, string> = new Map([
  ['P', 'samples of a profiler'],
  ['N', 'creations of objects'],
  ['O', 'snapshots of objects'],
  ['D', 'deletions of objects'],
  ['V', 'memory dumps'],
  ['v', 'memory dumps'],
  ['c', 'clock synchronisations'],
  ['(', 'contexts'],
  [')', 'contexts'],
  ['a', 'steps of asynchronous spans'],
  ['=', 'links of ids'],
]);

/** Counts what a trace holds and a run does not show, so that it can be said. */
export class NotShown {
  readonly #counts = new Map<string, number>();

  /** Counts an event of a phase that is known but not shown; false for another one. */
  count(phase: string): boolean {
    const what = PHASES.get(phase);
    if (what === undefined) return false;
    this.part(what);
    return true;
  }

  part(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  tell(say: (reason: string) => void): void {
    for (const [what, count] of this.#counts) say(`not shown: ${count} ${what}`);
  }
}
