import { NO_SECTION, type Section } from './extract.ts';
import { splitName } from './keyWords.ts';
import { STOP_WORDS, TARGET_WORDS } from './vocabulary.ts';

const RULED = /^[=#*_~+-]{2,}\s*(\S.*?\S)\s*[=#*_~+-]*$|^#{1,6}\s+(\S.*)$|^\*\*(\S.*?\S)\*\*:?$/u;
const RULE_ONLY = /^[\s=#*_~+–—-]{3,}$/u;
const MAX_HEADING = 80;
/** Lines that a heading holds for, without an empty line. */
const MAX_LINES = 30;

/**
 * Follows the headings of reports inside a log: `=== Text embeddings ===`, or a line that ends with a colon, with
 * indented lines below it. So a `Rate: 1.0/s` knows what it is the rate of.
 */
export class Sections {
  #section: Section = NO_SECTION;
  #indent = 0;
  #ruled = false;
  #lines = 0;

  /** The section of a line; an empty line ends one that no rule began. */
  next(message: string, indent: number): Section {
    const text = message.trim();
    if (text === '' || RULE_ONLY.test(text)) {
      if (text === '' || !this.#ruled) this.clear();
      return NO_SECTION;
    }
    const heading = headingOf(text);
    if (heading !== null) {
      const words = splitName(heading.title).filter((word) => !/\d/u.test(word));
      const role = words.some((word) => TARGET_WORDS.has(word)) ? 'target' : null;
      // `=== podcast-ingest 2.3 ===` names the program, not a part of its work.
      const told = /\d\.\d/u.test(heading.title)
        ? []
        : words.filter((word) => !STOP_WORDS.has(word) && !TARGET_WORDS.has(word));
      const outer = !heading.ruled && this.#section !== NO_SECTION && indent > this.#indent;
      this.#section = {
        words: [...(outer ? this.#section.words : []), ...told].slice(0, 6),
        role: role ?? (outer ? this.#section.role : null),
      };
      this.#indent = indent;
      this.#ruled = heading.ruled;
      this.#lines = 0;
      return NO_SECTION;
    }
    this.#lines += 1;
    const inside =
      this.#section !== NO_SECTION &&
      this.#lines <= MAX_LINES &&
      (this.#ruled || indent > this.#indent || /^(?:[-*•·–]|\d+[.)])\s/u.test(text));
    if (!inside) this.clear();
    return this.#section;
  }

  clear(): void {
    this.#section = NO_SECTION;
    this.#ruled = false;
  }
}

function headingOf(text: string): { title: string; ruled: boolean } | null {
  if (text.length > MAX_HEADING) return null;
  const ruled = RULED.exec(text);
  const title = ruled?.[1] ?? ruled?.[2] ?? ruled?.[3];
  if (title !== undefined && /\p{L}{2}/u.test(title) && !/\d[\d.]*\s*(?:s|ms|%)\b/u.test(title)) {
    return { title: title.replace(/:$/u, ''), ruled: true };
  }
  const plain = /^([^:=]*\p{L}{2}[^:=]*):$/u.exec(text)?.[1];
  return plain === undefined || /\d/u.test(plain) ? null : { title: plain, ruled: false };
}
