import type { WorkspaceFiles } from './workspaceFiles.ts';

/** Where a text was found. */
export interface FoundLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Mark of a variable part in a log template. */
const VARIABLE = '<*>';
/** A shorter text fits anywhere. */
const FEWEST_LETTERS = 4;
/** Beyond so many lines a text says nothing of its origin. */
const MOST_PLACES = 3;

/** What stands in a source where a value is put into a text: `%s`, `{}`, `${name}`, `" + name + "`. */
const VALUE = String.raw`(?:%[-+ #0]*[\d*]*(?:\.[\d*]+)?[a-zA-Z]|\$?\{[^{}]*\}|#\{[^{}]*\}|\\\([^()]*\)|["'\x60][^"'\x60]{0,80}["'\x60])`;

/** A text in the shape in which a source holds it as a literal. */
export class LiteralNeedle {
  /** The longest constant part: a line without it is no candidate. */
  readonly anchor: string;
  readonly #pattern: RegExp | null;

  /** @param text a span's name, or a log template with `<*>` for its variable parts. */
  constructor(text: string) {
    const parts = text.split(VARIABLE).map((part) => part.trim());
    this.anchor = parts.reduce(
      (longest, part) => (part.length > longest.length ? part : longest),
      '',
    );
    const usable = lettersIn(this.anchor) >= FEWEST_LETTERS && this.anchor.length <= 500;
    this.#pattern = usable ? patternOf(parts) : null;
  }

  /** How well a line of a source holds the text: 0 not at all, 3 as a literal with all its parts. */
  fit(line: string): number {
    if (this.#pattern === null || line.length > 2000 || !line.includes(this.anchor)) return 0;
    const quoted = isInQuotes(line, line.indexOf(this.anchor));
    if (this.#pattern.test(line)) return quoted ? 3 : 1;
    return quoted ? 2 : 0;
  }
}

/**
 * The line of the workspace that holds one of the texts as a string literal, the earlier texts first; null where none
 * does, or where too many do for it to mean anything.
 */
export async function findLiteral(
  files: WorkspaceFiles,
  texts: readonly string[],
): Promise<FoundLine | null> {
  for (const text of texts) {
    const needle = new LiteralNeedle(text);
    if (lettersIn(needle.anchor) < FEWEST_LETTERS) continue;
    const found = await bestLines(files, needle);
    if (found.length > 0 && found.length <= MOST_PLACES) return found[0] ?? null;
  }
  return null;
}

async function bestLines(files: WorkspaceFiles, needle: LiteralNeedle): Promise<FoundLine[]> {
  let best = 1;
  let found: FoundLine[] = [];
  for (const file of await files.list()) {
    const text = await files.text(file);
    if (text?.includes(needle.anchor) !== true) continue;
    for (const [index, line] of text.split('\n').entries()) {
      const fit = needle.fit(line);
      if (fit < best || fit === 0) continue;
      if (fit > best) found = [];
      best = fit;
      found.push({ file, line: index + 1 });
    }
  }
  // An unquoted text is a comment or a name: no origin of a line.
  return best >= 2 ? found : [];
}

function patternOf(parts: readonly string[]): RegExp {
  const constants = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&'));
  const joined = constants.filter((part) => part !== '').join(String.raw`\s*${VALUE}\s*`);
  return new RegExp(joined, 'u');
}

function lettersIn(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

/** Whether an odd number of some quote stands before the place: good enough for one line. */
function isInQuotes(line: string, at: number): boolean {
  const before = line.slice(0, at);
  return ['"', "'", '`'].some((quote) => before.split(quote).length % 2 === 0);
}
