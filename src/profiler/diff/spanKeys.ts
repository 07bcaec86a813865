import { ATTRIBUTE_TYPE } from '../model/columns.ts';
import { type Run, sourceOf, spanCount } from '../model/run.ts';
import { KeySlots } from './keySlots.ts';
import { SharedNames, nameTemplate } from './sharedNames.ts';
import { SpanTree } from './spanTree.ts';

/** What the spans of one of two runs are told apart by. Equal numbers mean the same thing in both runs. */
export interface SpanKeys {
  readonly tree: SpanTree;
  /** The name without numbers: spans that differ here are never the same, unless renamed. */
  readonly template: Uint32Array;
  /** Hash of the attributes that tell siblings apart; 0 where a span has none. */
  readonly strong: Uint32Array;
  /** Hash of all attributes that occur in both runs. */
  readonly weak: Uint32Array;
}

/** Pseudo-attributes beside the real ones, which have numbers from 0. */
const NAME_KEY = -1;
const SOURCE_KEY = -2;

/** One bit mixer for everything here (the finaliser of MurmurHash3), so that sums of hashes do not cancel out. */
export function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ value, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

interface KeyValue {
  readonly span: number;
  readonly key: number;
  readonly value: number;
  /** Whether it may tell siblings apart at all: a measured number or a flag does not. */
  readonly telling: boolean;
}

/**
 * Finds out by which attributes the spans of two runs can be told apart. No attribute is known beforehand: one counts
 * where most of its values occur in both runs, and tells siblings apart where they mostly have different ones.
 */
export function spanKeys(a: Run, b: Run): readonly [SpanKeys, SpanKeys] {
  const names = new SharedNames();
  const values = new Map<string, number>();
  const runs = [a, b].map((run) => {
    const ids = names.idsOf(run);
    const templates = templatesOf(run, names);
    const template = Uint32Array.from(run.spans.nameId, (id) => templates[id] ?? 0);
    return { run, ids, template, tree: new SpanTree(run) };
  });
  const slots = new KeySlots();
  runs.forEach(({ run, ids, template, tree }, side) => {
    for (const entry of keyValues(run, ids, template, values)) {
      slots.count(side, template[entry.span] ?? 0, entry, tree.parent[entry.span] ?? -1);
    }
  });
  slots.decide();
  const [first, second] = runs.map(({ run, ids, template, tree }) => {
    const strong = new Uint32Array(spanCount(run));
    const weak = new Uint32Array(spanCount(run));
    for (const { span, key, value } of keyValues(run, ids, template, values)) {
      const kind = slots.kindOf(template[span] ?? 0, key);
      if (kind === 'none') continue;
      const hash = mix(mix(0x9747b28c, key + 3), value);
      weak[span] = (weak[span] ?? 0) + hash;
      if (kind === 'strong') strong[span] = ((strong[span] ?? 0) + hash) >>> 0 || 1;
    }
    return { tree, template, strong, weak };
  });
  if (first === undefined || second === undefined) throw new RangeError('Two runs are compared.');
  return [first, second];
}

function templatesOf(run: Run, names: SharedNames): Uint32Array {
  const used = new Uint8Array(run.strings.length);
  for (const id of run.spans.nameId) used[id] = 1;
  return Uint32Array.from(run.strings, (text, id) =>
    used[id] === 1 ? names.id(nameTemplate(text)) : 0,
  );
}

function* keyValues(
  run: Run,
  ids: Uint32Array,
  template: Uint32Array,
  values: Map<string, number>,
): Generator<KeyValue> {
  const valueOf = (text: string): number => {
    const known = values.get(text) ?? values.size;
    if (known === values.size) values.set(text, known);
    return known;
  };
  const { nameId, sourceId } = run.spans;
  for (let span = 0; span < nameId.length; span += 1) {
    const name = ids[nameId[span] ?? 0] ?? 0;
    if (name !== template[span]) yield { span, key: NAME_KEY, value: name, telling: true };
    const source = sourceOf(run, sourceId[span] ?? 0);
    if (source !== null) {
      const value = valueOf(`@${source.file}:${source.line}`);
      yield { span, key: SOURCE_KEY, value, telling: false };
    }
  }
  const { span: owner, keyId, type, value } = run.attributes;
  for (let i = 0; i < owner.length; i += 1) {
    const key = ids[keyId[i] ?? 0] ?? 0;
    const raw = value[i] ?? 0;
    const span = owner[i] ?? 0;
    switch (type[i]) {
      case ATTRIBUTE_TYPE.double:
        break;
      case ATTRIBUTE_TYPE.int:
        yield { span, key, value: valueOf(`#${raw}`), telling: true };
        break;
      case ATTRIBUTE_TYPE.boolean:
        yield { span, key, value: raw, telling: false };
        break;
      default:
        yield { span, key, value: ids[raw] ?? 0, telling: type[i] !== ATTRIBUTE_TYPE.json };
    }
  }
}
