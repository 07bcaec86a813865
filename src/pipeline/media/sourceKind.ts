import { existsSync } from 'node:fs';
import path from 'node:path';
import { EarshotError } from '../earshotError.ts';
import { canonicalYoutubeUrl, parseYoutubeUrl, type YoutubeReference } from './youtubeUrl.ts';

/** What a person gave to be ingested: a file on this machine, or an http(s) address. */
export type Source =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'url'; readonly url: URL; readonly youtube: YoutubeReference | null };

/** The two facts outside the text that decide what it means. */
export type SourceSurroundings = {
  /** Folder that relative names start from; the process's own by default. */
  readonly workingDirectory?: string;
  /** Whether a file of that absolute name exists (it then wins over every other reading). */
  readonly fileExists?: (absolutePath: string) => boolean;
};

const SCHEME = /^\s*([a-z][a-z0-9+.-]+):(\/\/)?/i;
/** Schemes written without `//`; any other `word:` may well start a file name ("Talk: part 1"). */
const BARE_SCHEMES = new Set(['http', 'https', 'file', 'javascript', 'data', 'blob', 'vbscript']);
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/;
/** Longer than any browser accepts; keeps a pasted document from reaching a command line. */
const MAX_URL_LENGTH = 8192;

/**
 * Decides whether a text names a file or an address, and refuses what is neither.
 *
 * Local names may hold anything a file system allows (quotes, spaces, newlines, leading dashes) and
 * come back absolute, so that no program can read them as an option.
 *
 * @throws EarshotError `source.empty`, `source.option-like`, `source.unsupported-scheme`,
 *   `source.invalid-url`, `source.control-characters`, `source.credentials`
 */
export function parseSource(text: string, surroundings: SourceSurroundings = {}): Source {
  if (text.trim() === '') {
    throw new EarshotError(
      'source.empty',
      'No source was given.',
      'Give the path of a media file or an http(s) address.',
    );
  }
  const exists = surroundings.fileExists ?? existsSync;
  const file = path.resolve(surroundings.workingDirectory ?? process.cwd(), text);
  const isName = !text.includes('\0');
  if (isName && exists(file)) return { kind: 'file', path: file };
  const scheme = schemeOf(text);
  if (scheme !== undefined) return parseUrl(text, scheme);
  if (text.startsWith('-')) {
    throw new EarshotError(
      'source.option-like',
      `${JSON.stringify(text)} looks like an option, and no file of that name exists.`,
      `If a file was meant, write ./${text} and check that it is there.`,
    );
  }
  if (!isName) throw controlCharacters();
  return { kind: 'file', path: file };
}

/**
 * The address a source is stored and compared under: YouTube's many forms become one, elsewhere only
 * the fragment is dropped.
 */
export function canonicalUrl(source: Extract<Source, { kind: 'url' }>): string {
  if (source.youtube) return canonicalYoutubeUrl(source.youtube).href;
  const url = new URL(source.url);
  url.hash = '';
  return url.href;
}

/**
 * Checks one address, typed or found in a playlist, redirect or metadata.
 *
 * @throws EarshotError as `parseSource` does for addresses
 */
export function parseMediaUrl(text: string): Extract<Source, { kind: 'url' }> {
  return parseUrl(text, schemeOf(text) ?? '');
}

function schemeOf(text: string): string | undefined {
  const [, scheme, slashes] = SCHEME.exec(text) ?? [];
  const name = scheme?.toLowerCase();
  if (name === undefined || (slashes === undefined && !BARE_SCHEMES.has(name))) return undefined;
  return name;
}

function parseUrl(text: string, scheme: string): Extract<Source, { kind: 'url' }> {
  if (scheme !== 'http' && scheme !== 'https') {
    throw new EarshotError(
      'source.unsupported-scheme',
      `Addresses of the kind "${scheme}:" are not read.`,
      'Give an http or https address, or the plain path of a file.',
    );
  }
  const trimmed = text.trim();
  if (CONTROL_CHARACTER.test(trimmed)) throw controlCharacters();
  const url = trimmed.length <= MAX_URL_LENGTH ? URL.parse(trimmed) : null;
  if (url === null || !/^https?:\/\//i.test(trimmed) || url.hostname === '') {
    throw new EarshotError(
      'source.invalid-url',
      'This is not a complete web address.',
      'Copy the whole address from the browser and try again.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new EarshotError(
      'source.credentials',
      'The address holds a user name or password, which would be kept in the library.',
      'Remove the part before the @ sign, or download the file and give its path.',
    );
  }
  return { kind: 'url', url, youtube: parseYoutubeUrl(url) };
}

function controlCharacters(): EarshotError {
  return new EarshotError(
    'source.control-characters',
    'The source holds control characters such as a line break.',
    'Remove the line breaks and hidden characters from it.',
  );
}
