import { ProfilerError } from '../../model/profilerError.ts';
import { parseRegex } from './parseRegex.ts';
import {
  type AssertionKind,
  type CodeRanges,
  type RegexNode,
  isWordUnit,
  normalised,
} from './regexNode.ts';

/** Most instructions of a program: counted repetitions are written out. */
const MAX_INSTRUCTIONS = 5000;

type Instruction =
  | { readonly op: 'set'; readonly ascii: Uint8Array; readonly ranges: CodeRanges }
  | { readonly op: 'assert'; readonly kind: AssertionKind }
  | { readonly op: 'save'; readonly slot: number }
  | { op: 'split'; first: number; second: number }
  | { op: 'jump'; to: number }
  | { readonly op: 'match' };

type Captures = Int32Array;

/**
 * A regular expression that cannot hang: it is matched by Pike's simulation of its automaton (R. Cox, “Regular Expression
 * Matching: the Virtual Machine Approach”, 2009), in time proportional to the text times the pattern, whatever both are.
 * Matches are those of JavaScript: leftmost, and by priority.
 */
export class LinearRegex {
  readonly #program: Instruction[] = [];
  readonly #names: (string | null)[] = [];
  readonly #seen: Int32Array;
  #step = 0;

  /** @throws ProfilerError `log.invalid-pattern` */
  constructor(source: string) {
    this.#compile(parseRegex(source));
    this.#emit({ op: 'match' });
    this.#seen = new Int32Array(this.#program.length).fill(-1);
  }

  /** Names of the groups. */
  get groups(): readonly string[] {
    return this.#names.filter((name) => name !== null);
  }

  /** The text of each named group of the first match that took part in it; null where nothing matches. */
  match(text: string): Readonly<Record<string, string>> | null {
    const captures = this.#run(text);
    if (captures === null) return null;
    const found: Record<string, string> = {};
    this.#names.forEach((name, i) => {
      const from = captures[2 * i] ?? -1;
      const to = captures[2 * i + 1] ?? -1;
      if (name !== null && from >= 0 && to >= from) found[name] = text.slice(from, to);
    });
    return found;
  }

  #run(text: string): Captures | null {
    let threads: [number, Captures][] = [];
    let best: Captures | null = null;
    for (let at = 0; at <= text.length; at += 1) {
      // A later beginning has the lowest priority, and none at all once something matched.
      this.#step += 1;
      const current: [number, Captures][] = [];
      for (const [pc, captures] of threads) this.#follow(pc, captures, text, at, current);
      if (best === null) {
        this.#follow(0, new Int32Array(2 * this.#names.length).fill(-1), text, at, current);
      } else if (current.length === 0) {
        return best;
      }
      threads = [];
      const code = text.charCodeAt(at);
      for (const [pc, captures] of current) {
        const instruction = this.#program[pc];
        if (instruction?.op === 'match') {
          best = captures;
          break;
        }
        if (at < text.length && instruction?.op === 'set' && holds(instruction, code))
          threads.push([pc + 1, captures]);
      }
    }
    return best;
  }

  /** Adds what can be reached without a character, in the order of priority. */
  #follow(
    start: number,
    first: Captures,
    text: string,
    at: number,
    into: [number, Captures][],
  ): void {
    const stack: [number, Captures][] = [[start, first]];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const [pc, captures] = top;
      if (this.#seen[pc] === this.#step) continue;
      this.#seen[pc] = this.#step;
      const instruction = this.#program[pc];
      switch (instruction?.op) {
        case 'jump':
          stack.push([instruction.to, captures]);
          break;
        case 'split':
          stack.push([instruction.second, captures], [instruction.first, captures]);
          break;
        case 'save': {
          const saved = captures.slice();
          saved[instruction.slot] = at;
          stack.push([pc + 1, saved]);
          break;
        }
        case 'assert':
          if (asserts(instruction.kind, text, at)) stack.push([pc + 1, captures]);
          break;
        case undefined:
          break;
        default:
          into.push([pc, captures]);
      }
    }
  }

  #emit(instruction: Instruction): number {
    if (this.#program.length >= MAX_INSTRUCTIONS) {
      throw new ProfilerError('log.invalid-pattern', 'The pattern repeats too much to be used.');
    }
    return this.#program.push(instruction) - 1;
  }

  #compile(node: RegexNode): void {
    switch (node.type) {
      case 'set':
        this.#emit({ op: 'set', ranges: normalised(node.ranges), ascii: asciiOf(node.ranges) });
        return;
      case 'assertion':
        this.#emit({ op: 'assert', kind: node.kind });
        return;
      case 'sequence':
        for (const part of node.parts) this.#compile(part);
        return;
      case 'choice':
        this.#compileChoice(node.options);
        return;
      case 'group': {
        if (node.name === null) {
          this.#compile(node.inner);
          return;
        }
        const index = this.#names.includes(node.name)
          ? this.#names.indexOf(node.name)
          : this.#names.push(node.name) - 1;
        this.#emit({ op: 'save', slot: 2 * index });
        this.#compile(node.inner);
        this.#emit({ op: 'save', slot: 2 * index + 1 });
        return;
      }
      case 'repeat':
        this.#compileRepeat(node);
    }
  }

  #compileChoice(options: readonly RegexNode[]): void {
    const ends: { op: 'jump'; to: number }[] = [];
    options.forEach((option, i) => {
      if (i === options.length - 1) {
        this.#compile(option);
        return;
      }
      const split: Instruction & { op: 'split' } = { op: 'split', first: 0, second: 0 };
      split.first = this.#emit(split) + 1;
      this.#compile(option);
      const jump: Instruction & { op: 'jump' } = { op: 'jump', to: 0 };
      this.#emit(jump);
      ends.push(jump);
      split.second = this.#program.length;
    });
    for (const jump of ends) jump.to = this.#program.length;
  }

  #compileRepeat({ inner, least, most, lazy }: RegexNode & { type: 'repeat' }): void {
    for (let i = 0; i < least; i += 1) this.#compile(inner);
    if (most === Infinity) {
      const split: Instruction & { op: 'split' } = { op: 'split', first: 0, second: 0 };
      const at = this.#emit(split);
      this.#compile(inner);
      this.#emit({ op: 'jump', to: at });
      aim(split, at + 1, this.#program.length, lazy);
      return;
    }
    const splits: [Instruction & { op: 'split' }, number][] = [];
    for (let i = least; i < most; i += 1) {
      const split: Instruction & { op: 'split' } = { op: 'split', first: 0, second: 0 };
      splits.push([split, this.#emit(split)]);
      this.#compile(inner);
    }
    for (const [split, at] of splits) aim(split, at + 1, this.#program.length, lazy);
  }
}

function aim(
  split: { first: number; second: number },
  into: number,
  past: number,
  lazy: boolean,
): void {
  split.first = lazy ? past : into;
  split.second = lazy ? into : past;
}

function asciiOf(ranges: CodeRanges): Uint8Array {
  const ascii = new Uint8Array(128);
  for (const [from, to] of ranges) ascii.fill(1, Math.min(from, 128), Math.min(to + 1, 128));
  return ascii;
}

function holds(
  { ascii, ranges }: { ascii: Uint8Array; ranges: CodeRanges },
  code: number,
): boolean {
  if (code < 128) return ascii[code] === 1;
  return ranges.some(([from, to]) => code >= from && code <= to);
}

function asserts(kind: AssertionKind, text: string, at: number): boolean {
  if (kind === 'start') return at === 0;
  if (kind === 'end') return at === text.length;
  const before = at > 0 && isWordUnit(text.charCodeAt(at - 1));
  const after = at < text.length && isWordUnit(text.charCodeAt(at));
  return (before !== after) === (kind === 'word');
}
