import { isUtf8 } from 'node:buffer';

const ANSI =
  /\u001b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)|[()][0-9A-Za-z]|[@-Z\\-_=>c])/gu;
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f\u0080-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const windows1252 = new TextDecoder('windows-1252');

/** Bytes as text: UTF-8, or Windows-1252 where they are none. */
export function decodeLine(bytes: Buffer, from: number, to: number): string {
  const line = bytes.subarray(from, to);
  return isUtf8(line) ? line.toString('utf8') : windows1252.decode(line);
}

/**
 * A line as a terminal would show it at last: without colours and control characters, and of what was written over
 * itself with carriage returns (progress bars) only the last state.
 */
export function cleanLine(text: string): string {
  const plain = text.replace(ANSI, '');
  const states = plain.split('\r').filter((state) => state.trim() !== '');
  return (states.at(-1) ?? '').replace(CONTROL, '');
}

/** Longest quote of a line in findings and templates, in characters. */
export const MAX_QUOTE = 300;

/** A line as it is quoted: without control characters, at most 300 characters. */
export function quote(text: string): string {
  const plain = text.length > 4 * MAX_QUOTE ? text.slice(0, 4 * MAX_QUOTE) : text;
  const clean = plain
    .replace(ANSI, '')
    .replace(CONTROL, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .toWellFormed();
  return clean.length > MAX_QUOTE ? `${clean.slice(0, MAX_QUOTE - 1)}…`.toWellFormed() : clean;
}
