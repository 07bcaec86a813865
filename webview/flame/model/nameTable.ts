/** Names of spans by their ids, as they come in pages; and of each the number that its colour follows from. */
export class NameTable {
  readonly #names: string[] = [];
  #hashes = new Uint32Array(1024);

  /** Puts names at the places from `from` on. */
  add(from: number, names: readonly string[]): void {
    const needed = from + names.length;
    if (needed > this.#hashes.length) {
      const grown = new Uint32Array(Math.max(needed, this.#hashes.length * 2));
      grown.set(this.#hashes);
      this.#hashes = grown;
    }
    for (const [i, name] of names.entries()) {
      this.#names[from + i] = name;
      this.#hashes[from + i] = hashName(name);
    }
  }

  /** The name as it was recorded, or an empty text where it has not come yet. */
  nameOf(nameId: number): string {
    return this.#names[nameId] ?? '';
  }

  /** Hash of the name, the same in every run; 0 where it has not come yet. */
  hashOf(nameId: number): number {
    return this.#hashes[nameId] ?? 0;
  }

  get count(): number {
    return this.#names.length;
  }
}

/** FNV-1a over UTF-16 units, never 0. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  }
  // The last bits of FNV-1a alone hardly differ between names that differ in their first letters.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0 || 1;
}
