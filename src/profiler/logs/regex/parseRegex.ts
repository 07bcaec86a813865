import { ProfilerError } from '../../model/profilerError.ts';
import {
  type AssertionKind,
  CLASSES,
  type CodeRanges,
  type RegexNode,
  inverted,
} from './regexNode.ts';

const CONTROL: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, v: 11, f: 12, '0': 0 };
const ASSERTIONS: Readonly<Record<string, AssertionKind>> = { b: 'word', B: 'not-word' };
const MAX_LENGTH = 2000;
const MAX_DEPTH = 50;
const MAX_REPEAT = 1000;

/**
 * Parses the part of JavaScript's regular expressions that can be matched in linear time: everything but lookaround and
 * back-references, and no flags.
 *
 * @throws ProfilerError `log.invalid-pattern`, naming the place.
 */
export function parseRegex(source: string): RegexNode {
  return new Parser(source).parse();
}

class Parser {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): RegexNode {
    if (this.#source.length > MAX_LENGTH) this.#fail(`it is longer than ${MAX_LENGTH} characters`);
    const node = this.#choice();
    if (this.#at < this.#source.length) this.#fail('there is a ) too many');
    return node;
  }

  #choice(): RegexNode {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#fail('it is nested too deep');
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    this.#depth -= 1;
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { type: 'choice', options };
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (this.#at < this.#source.length && !/[|)]/u.test(this.#source[this.#at] ?? '')) {
      parts.push(this.#repeated(this.#atom()));
    }
    return { type: 'sequence', parts };
  }

  #repeated(atom: RegexNode): RegexNode {
    let least: number;
    let most: number;
    if (this.#take('*')) [least, most] = [0, Infinity];
    else if (this.#take('+')) [least, most] = [1, Infinity];
    else if (this.#take('?')) [least, most] = [0, 1];
    else {
      const [whole, low, comma, high] =
        /^\{(\d{1,6})(,?)(\d{0,6})\}/u.exec(this.#source.slice(this.#at)) ?? [];
      if (whole === undefined) return atom;
      this.#at += whole.length;
      least = Number(low);
      most = comma === '' ? least : high === '' ? Infinity : Number(high);
      if (least > MAX_REPEAT || (most !== Infinity && most > MAX_REPEAT))
        this.#fail(`more than ${MAX_REPEAT} repetitions`);
      if (most < least) this.#fail('the numbers of a repetition are in the wrong order');
    }
    if (atom.type === 'assertion') this.#fail('nothing to repeat');
    const lazy = this.#take('?');
    if (/^[*+?]/u.test(this.#source.slice(this.#at))) this.#fail('nothing to repeat');
    return { type: 'repeat', inner: atom, least, most, lazy };
  }

  #atom(): RegexNode {
    const c = this.#source[this.#at] ?? '';
    this.#at += 1;
    switch (c) {
      case '^':
        return { type: 'assertion', kind: 'start' };
      case '$':
        return { type: 'assertion', kind: 'end' };
      case '.':
        return {
          type: 'set',
          ranges: inverted([
            [10, 10],
            [13, 13],
            [0x2028, 0x2029],
          ]),
        };
      case '(':
        return this.#group();
      case '[':
        return { type: 'set', ranges: this.#set() };
      case '\\':
        return this.#escape();
      case '*':
      case '+':
      case '?':
        this.#at -= 1;
        return this.#fail('nothing to repeat');
      default:
        return { type: 'set', ranges: [[c.charCodeAt(0), c.charCodeAt(0)]] };
    }
  }

  #group(): RegexNode {
    let name: string | null = null;
    if (this.#take('?')) {
      const named = /^<([A-Za-z_]\w{0,60})>/u.exec(this.#source.slice(this.#at));
      if (named !== null) {
        name = named[1] ?? null;
        this.#at += named[0].length;
      } else if (!this.#take(':')) {
        this.#fail('lookaround is not supported, it can take forever');
      }
    }
    const inner = this.#choice();
    if (!this.#take(')')) this.#fail('a ) is missing');
    return { type: 'group', name, inner };
  }

  #escape(): RegexNode {
    const c = this.#source[this.#at] ?? '';
    const assertion = ASSERTIONS[c];
    if (assertion !== undefined) {
      this.#at += 1;
      return { type: 'assertion', kind: assertion };
    }
    if (/[1-9k]/u.test(c)) this.#fail('back-references are not supported, they can take forever');
    return { type: 'set', ranges: this.#escaped() };
  }

  /** What stands behind a backslash, inside or outside of a class. */
  #escaped(): CodeRanges {
    const c = this.#source[this.#at];
    if (c === undefined) return this.#fail('it ends with a backslash');
    this.#at += 1;
    const known = Object.hasOwn(CLASSES, c) ? CLASSES[c] : undefined;
    if (known !== undefined) return known;
    const control = Object.hasOwn(CONTROL, c) ? CONTROL[c] : undefined;
    if (control !== undefined) return [[control, control]];
    const hex = /^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4}))/u.exec(this.#source.slice(this.#at - 1));
    if (hex !== null) {
      this.#at += hex[0].length - 1;
      const code = Number.parseInt(hex[1] ?? hex[2] ?? '0', 16);
      return [[code, code]];
    }
    if (/[A-Za-z0-9]/u.test(c)) {
      this.#at -= 1;
      this.#fail(`\\${c} is not supported`);
    }
    return [[c.charCodeAt(0), c.charCodeAt(0)]];
  }

  #set(): CodeRanges {
    const inverse = this.#take('^');
    const ranges: (readonly [number, number])[] = [];
    while (this.#source[this.#at] !== ']') {
      if (this.#at >= this.#source.length) this.#fail('a ] is missing');
      const low = this.#member();
      const [single] = low;
      const range = this.#source[this.#at] === '-' && this.#source[this.#at + 1] !== ']';
      if (range && low.length === 1 && single?.[0] === single?.[1]) {
        this.#at += 1;
        const [high] = this.#member();
        const to = high?.[1] ?? 0;
        if (to < (single?.[0] ?? 0)) this.#fail('a range is in the wrong order');
        ranges.push([single?.[0] ?? 0, to]);
      } else {
        ranges.push(...low);
      }
    }
    this.#at += 1;
    return inverse ? inverted(ranges) : ranges;
  }

  #member(): CodeRanges {
    const c = this.#source[this.#at];
    if (c === undefined) return this.#fail('a ] is missing');
    this.#at += 1;
    if (c !== '\\') return [[c.charCodeAt(0), c.charCodeAt(0)]];
    if (this.#take('b')) return [[8, 8]];
    return this.#escaped();
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #fail(reason: string): never {
    throw new ProfilerError(
      'log.invalid-pattern',
      `The pattern ${JSON.stringify(this.#source.slice(0, 200))} cannot be used: ${reason} (at character ${this.#at + 1}).`,
    );
  }
}
