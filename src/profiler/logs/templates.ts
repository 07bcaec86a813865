import { LOG_LEVEL, type LogLevel } from '../model/columns.ts';

/** Templates that are kept one by one. */
export const MAX_TEMPLATES = 10_000;
/** Templates that make room when there are too many: the least used. */
const EVICTED = 2000;
/** Different words at one place, all else equal, from which on the place is taken for a variable part. */
const WORDS_UNTIL_VARIABLE = 16;
/** Words of a line at which a variable word is looked for. */
const MAX_WORDS = 30;
const MAX_SIGNATURES = 200_000;
const MAX_VARIANTS = 100;
const VARIABLE = '<*>';

/** A template while its lines are counted. */
export interface OpenTemplate {
  readonly text: string;
  readonly file: number;
  readonly firstLine: number;
  readonly example: string;
  count: number;
  lastLine: number;
  firstTimeNs: number;
  lastTimeNs: number;
  level: number;
  /** Hashes of the values of each variable part. */
  readonly variants: Set<number>[];
  /** The template that this one was counted into, or null. */
  into: OpenTemplate | null;
}

/** Where lines of a certain text are counted. */
export interface TemplatePlace {
  readonly template: OpenTemplate;
  /** Variable part of the template by variable part of the line; null where they are the same. */
  readonly slotMap: readonly number[] | null;
}

interface Signature {
  readonly members: OpenTemplate[];
  merged: OpenTemplate | null;
}

/** What a new template begins with. */
export type TemplateStart = Pick<OpenTemplate, 'file' | 'firstLine' | 'example'>;

/**
 * Mines templates as Drain does (He et al., ICWS 2017), in one pass and bounded memory: numbers, names, paths and quoted
 * text are masked first; a word becomes a variable part when sixteen different ones stood at its place while all other
 * words were the same. So stages that differ in one word stay apart.
 */
export class Templates {
  readonly #byText = new Map<string, TemplatePlace>();
  #signatures = new Map<string, Signature>();
  #all: OpenTemplate[] = [];
  #other: OpenTemplate | null = null;

  /** The template of a masked text. */
  place(text: string, slots: number, start: TemplateStart): TemplatePlace {
    const known = this.#byText.get(text);
    if (known !== undefined) return { ...known, template: resolve(known.template) };
    if (this.#byText.size > 4 * MAX_TEMPLATES) this.#forgetAliases();
    const merged = this.#mergedPlace(text, slots, start);
    const place = merged ?? { template: this.#add(text, slots, start), slotMap: null };
    this.#byText.set(text, place);
    if (merged === null) this.#sign(place.template, start);
    return { ...place, template: resolve(place.template) };
  }

  /** The templates so far, the ones that were first seen first. */
  toArray(): OpenTemplate[] {
    return this.#all.filter(({ into }) => into === null);
  }

  #add(text: string, slots: number, start: TemplateStart): OpenTemplate {
    if (this.#all.length >= MAX_TEMPLATES) this.#evict();
    const template: OpenTemplate = {
      ...start,
      text,
      count: 0,
      lastLine: start.firstLine,
      firstTimeNs: Number.NaN,
      lastTimeNs: Number.NaN,
      level: LOG_LEVEL.none,
      variants: Array.from({ length: slots }, () => new Set<number>()),
      into: null,
    };
    this.#all.push(template);
    return template;
  }

  /** A place in a template whose variable word this text differs in. */
  #mergedPlace(text: string, slots: number, start: TemplateStart): TemplatePlace | null {
    const words = text.split(' ');
    if (words.length > MAX_WORDS) return null;
    for (let at = 0; at < words.length; at += 1) {
      if (words[at]?.includes(VARIABLE) !== false) continue;
      const signature = this.#signatures.get(signatureOf(words, at));
      if (signature === undefined || signature.merged === null) continue;
      const outer = this.place(signature.merged.text, slots + 1, start);
      const slotAt = slotsIn(words, at);
      note(outer.template, mapped(outer.slotMap, slotAt), hashOf(words[at] ?? ''));
      const own = Array.from({ length: slots }, (_, i) =>
        mapped(outer.slotMap, i < slotAt ? i : i + 1),
      );
      return { template: outer.template, slotMap: own };
    }
    return null;
  }

  /** Notes under which other words this template stands; makes one template of sixteen. */
  #sign(template: OpenTemplate, start: TemplateStart): void {
    const words = template.text.split(' ');
    if (words.length > MAX_WORDS || words.length < 3) return;
    if (this.#signatures.size > MAX_SIGNATURES) this.#signatures.clear();
    for (let at = 0; at < words.length; at += 1) {
      if (words[at]?.includes(VARIABLE) !== false || !constantsBeside(words, at)) continue;
      const key = signatureOf(words, at);
      const signature = this.#signatures.get(key) ?? { members: [], merged: null };
      this.#signatures.set(key, signature);
      signature.members.push(template);
      if (signature.members.length < WORDS_UNTIL_VARIABLE) continue;
      this.#merge(signature, words, at, start);
      return;
    }
  }

  #merge(signature: Signature, words: readonly string[], at: number, start: TemplateStart): void {
    const text = words.map((word, i) => (i === at ? VARIABLE : word)).join(' ');
    const [first] = signature.members;
    const slots = (first?.variants.length ?? 0) + 1;
    const begun =
      first === undefined
        ? start
        : { file: first.file, firstLine: first.firstLine, example: first.example };
    const { template: into } = this.place(text, slots, begun);
    const slotAt = slotsIn(words, at);
    for (const member of signature.members) {
      if (member.into !== null || member === into) continue;
      const word = member.text.split(' ')[at] ?? '';
      absorb(into, member, (i) => (i < slotAt ? i : i + 1));
      note(into, slotAt, hashOf(word));
      // Its lines are counted in the new one from now on, whichever way they come.
      const own = Array.from({ length: slots - 1 }, (_, i) => (i < slotAt ? i : i + 1));
      this.#byText.set(member.text, { template: into, slotMap: own });
    }
    signature.merged = into;
    signature.members.length = 0;
    this.#all = this.#all.filter(({ into: gone }) => gone === null);
  }

  /** Texts that are counted in the template of another text can be found again by its signature. */
  #forgetAliases(): void {
    for (const [text, { template }] of this.#byText) {
      if (template.text !== text || template.into !== null) this.#byText.delete(text);
    }
  }

  #evict(): void {
    const least = this.#all
      .filter((template) => template !== this.#other && template.into === null)
      .sort((a, b) => a.count - b.count)
      .slice(0, EVICTED);
    const gone = new Set(least);
    this.#all = this.#all.filter((template) => !gone.has(template) && template.into === null);
    if (this.#other === null) {
      const { file = 0, firstLine = 1, example = '' } = least[0] ?? {};
      this.#other = this.#add(VARIABLE, 0, { file, firstLine, example });
    }
    for (const template of least) absorb(this.#other, template, () => -1);
    for (const [text, { template }] of this.#byText)
      if (resolve(template) === this.#other) this.#byText.delete(text);
    this.#signatures.clear();
  }
}

/** The template that counts the lines of this one. */
export function resolve(template: OpenTemplate): OpenTemplate {
  let at = template;
  while (at.into !== null) at = at.into;
  return at;
}

/** Notes a value of a variable part. */
export function note({ variants }: OpenTemplate, slot: number, hash: number): void {
  const values = variants[slot];
  if (values !== undefined && values.size < MAX_VARIANTS) values.add(hash);
}

const mapped = (slotMap: readonly number[] | null, slot: number): number =>
  slotMap === null ? slot : (slotMap[slot] ?? -1);

function absorb(into: OpenTemplate, from: OpenTemplate, slotOf: (slot: number) => number): void {
  into.count += from.count;
  into.lastLine = Math.max(into.lastLine, from.lastLine);
  into.firstTimeNs = least(into.firstTimeNs, from.firstTimeNs);
  into.lastTimeNs = -least(-into.lastTimeNs, -from.lastTimeNs);
  into.level = Math.max(into.level, from.level);
  from.variants.forEach((values, slot) => {
    for (const value of values) note(into, slotOf(slot), value);
  });
  from.into = into;
}

/** The smaller one; NaN stands for none. */
function least(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.min(a, b);
}

const signatureOf = (words: readonly string[], at: number): string =>
  words.map((word, i) => (i === at ? '\u0000' : word)).join(' ');

/** Whether enough of a text stays when a word is taken out. */
function constantsBeside(words: readonly string[], at: number): boolean {
  let constants = 0;
  words.forEach((word, i) => {
    if (i !== at && /\p{L}{2}/u.test(word) && !word.includes(VARIABLE)) constants += 1;
  });
  return constants >= 2;
}

const slotsIn = (words: readonly string[], before: number): number =>
  words.slice(0, before).reduce((sum, word) => sum + word.split(VARIABLE).length - 1, 0);

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

/** Level of a template: the highest of its lines. */
export function raiseLevel(template: OpenTemplate, level: LogLevel | null): void {
  if (level !== null && LOG_LEVEL[level] > template.level) template.level = LOG_LEVEL[level];
}
