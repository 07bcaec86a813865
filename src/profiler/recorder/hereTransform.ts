/**
 * Fills in file and line of each `here('name')` call, so that a bundle knows where its spans were written without
 * source maps. Files that do not import `here` come back unchanged, as do calls whose argument is no plain string, and
 * whatever stands in comments, strings and regular expressions. No line moves.
 *
 * @param source TypeScript or JavaScript.
 * @param relativePath the file's path in the project, as it shall stand in the spans.
 */
export function hereTransform(source: string, relativePath: string): string {
  if (!/import\s*\{[^}]*\bhere\b[^}]*\}\s*from/u.test(source)) return source;
  const file = `'${relativePath.replaceAll('\\', '/').replaceAll("'", "\\'")}'`;
  const out: string[] = [];
  let copied = 0;
  for (const at of codePositions(source)) {
    CALL.lastIndex = at;
    const call = CALL.exec(source);
    if (call === null || /[\w$.]/u.test(source[at - 1] ?? '')) continue;
    const line = lineOf(source, at);
    const [whole = '', before = '', name = '', after = '', behindComma = ''] = call;
    out.push(source.slice(copied, at));
    out.push(`here(${before}${name}, ${file}, ${line}${after}${behindComma})`);
    copied = at + whole.length;
  }
  out.push(source.slice(copied));
  return out.join('');
}

/** A call of `here` with one string: the string, and the white space before and behind it and its comma. */
const CALL =
  /here\((\s*)('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`)(\s*),?(\s*)\)/uy;

/** Words after which a slash begins a regular expression, not a division. */
const BEFORE_REGEX =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/u;

function lineOf(source: string, at: number): number {
  let line = 1;
  for (let i = source.indexOf('\n'); i >= 0 && i < at; i = source.indexOf('\n', i + 1)) line += 1;
  return line;
}

/** Positions of `here(` that are code. */
function* codePositions(source: string): Generator<number> {
  /** For each template literal that is open: brackets open inside its current `${`. */
  const templates: number[] = [];
  for (let at = 0; at < source.length;) {
    const char = source[at] ?? '';
    const next = source[at + 1];
    if (char === '/' && next === '/') at = endOfLine(source, at);
    else if (char === '/' && next === '*') at = after(source, '*/', at + 2);
    else if (char === '/' && regexMayBegin(source, at)) at = endOfRegex(source, at);
    else if (char === "'" || char === '"') at = endOfString(source, at, char);
    else if (char === '`') at = templateText(source, at + 1, templates);
    else if (char === '}' && templates.at(-1) === 0) {
      templates.pop();
      at = templateText(source, at + 1, templates);
    } else {
      if (templates.length > 0 && (char === '{' || char === '}')) {
        templates.push((templates.pop() ?? 0) + (char === '{' ? 1 : -1));
      }
      if (source.startsWith('here(', at)) yield at;
      at += 1;
    }
  }
}

function after(source: string, text: string, from: number): number {
  const found = source.indexOf(text, from);
  return found < 0 ? source.length : found + text.length;
}

function endOfLine(source: string, from: number): number {
  const found = source.indexOf('\n', from);
  return found < 0 ? source.length : found;
}

function endOfString(source: string, start: number, quote: string): number {
  for (let at = start + 1; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === quote || char === '\n') return at + 1;
  }
  return source.length;
}

/** Skips the text of a template literal up to its end or its next `${`. */
function templateText(source: string, start: number, templates: number[]): number {
  for (let at = start; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === '`') return at + 1;
    else if (char === '$' && source[at + 1] === '{') {
      templates.push(0);
      return at + 2;
    }
  }
  return source.length;
}

function regexMayBegin(source: string, at: number): boolean {
  const before = source.slice(Math.max(0, at - 40), at).trimEnd();
  const last = before.at(-1);
  if (last === undefined || '(,=:[!&|?{};+-*%<>~^'.includes(last)) return true;
  return BEFORE_REGEX.test(before);
}

function endOfRegex(source: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < source.length; at += 1) {
    const char = source[at];
    if (char === '\\') at += 1;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '\n' || (char === '/' && !inClass)) return at + 1;
  }
  return source.length;
}
