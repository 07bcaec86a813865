import type { Run } from '../model/run.ts';

/** The strings of two runs under common numbers. */
export class SharedNames {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];

  id(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    this.#ids.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  text(id: number): string {
    return this.#texts[id] ?? '';
  }

  /** The common number of every string of a run. */
  idsOf(run: Run): Uint32Array {
    return Uint32Array.from(run.strings, (text) => this.id(text));
  }
}

/** A name without what varies in it from one run to the next: numbers and hexadecimal ids become `#`. */
export function nameTemplate(name: string): string {
  return name
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu, '#')
    .replace(/\b(?=[a-f]*\d)[0-9a-f]{8,}\b/giu, '#')
    .replace(/\d+/gu, '#');
}
