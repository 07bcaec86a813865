import { RunBuilder } from '../../src/profiler/model/runBuilder.ts';
import type { Attributes } from '../../src/profiler/model/attributes.ts';
import type { Run } from '../../src/profiler/model/run.ts';
import { attributeOf } from '../../src/profiler/model/attributes.ts';
import { spanCount } from '../../src/profiler/model/run.ts';

/** The truth: carried by both runs under a name that no alignment may look at, as a number that differs in type. */
const TRUTH = 'truth';

export interface PlannedSpan {
  readonly truth: number;
  name: string;
  attributes: Attributes;
  durationNs: number;
  children: PlannedSpan[];
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const logNormal = (random: () => number, median: number, sigma: number): number =>
  median *
  Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));

/**
 * A job of batches, items and calls, with recursion and repeated siblings. The upper levels have keys; `keys` gives them
 * to the lower ones too.
 */
export function plannedTrace(
  spans: number,
  seed: number,
  { keys = false }: { readonly keys?: boolean } = {},
): PlannedSpan {
  const random = seeded(seed);
  let truth = 0;
  const span = (name: string, median: number, attributes: Attributes = {}): PlannedSpan => ({
    truth: truth++,
    name,
    attributes,
    durationNs: Math.round(logNormal(random, median, 0.6)),
    children: [],
  });
  const root = span('job', 1e9, { 'process.pid': 1 });
  const walk = (depth: number, path: string): PlannedSpan => {
    const key = keys ? { path } : {};
    const node = span('walk', 2e4 * (depth + 1), { cost: random(), ...key });
    const branches = depth === 0 ? 0 : Math.floor(random() * 3);
    for (let i = 0; i < branches; i += 1) node.children.push(walk(depth - 1, `${path}/${i}`));
    return node;
  };
  for (let batch = 0; truth < spans; batch += 1) {
    const batchSpan = span('batch', 5e7, { 'batch.index': batch, worker: batch % 4 });
    root.children.push(batchSpan);
    batchSpan.children.push(span('load model', 4e6, { 'earshot.resource': `model:${batch % 3}` }));
    for (let item = 0; item < 20 && truth < spans; item += 1) {
      const itemSpan = span(`item ${item}`, 2e6, { file: `clip-${batch}-${item}.wav` });
      batchSpan.children.push(itemSpan);
      const reads = 1 + Math.floor(random() * 6);
      for (let i = 0; i < reads; i += 1) {
        itemSpan.children.push(span('read', 1e5, keys ? { offset: i * 4096 } : {}));
      }
      itemSpan.children.push(span('decode', 5e5), walk(4, ''));
      if (random() < 0.3) itemSpan.children.push(span('retry', 3e5, { attempt: 1 }));
    }
  }
  return root;
}

export interface Perturbation {
  readonly shuffle?: boolean;
  readonly dropShare?: number;
  readonly insertShare?: number;
  /** Standard deviation of the logarithm of the factor on each duration. */
  readonly jitter?: number;
  /** Children of a dropped span become roots, as where a parent's span was never exported. */
  readonly orphans?: boolean;
}

/** A changed copy. Inserted spans have a negative truth. */
export function perturbed(root: PlannedSpan, change: Perturbation, seed: number): PlannedSpan[] {
  const random = seeded(seed);
  const roots: PlannedSpan[] = [];
  let inserted = 0;
  const copy = (span: PlannedSpan): PlannedSpan => ({
    ...span,
    durationNs: Math.round(logNormal(random, span.durationNs, change.jitter ?? 0)),
    children: [],
  });
  const build = (span: PlannedSpan, into: PlannedSpan[]): void => {
    const dropped = span !== root && random() < (change.dropShare ?? 0);
    const target = copy(span);
    if (!dropped) into.push(target);
    const childrenInto = dropped ? (change.orphans === true ? roots : into) : target.children;
    for (const child of span.children) build(child, childrenInto);
    if (random() < (change.insertShare ?? 0)) {
      inserted += 1;
      target.children.push({ ...copy(span), truth: -inserted, attributes: {}, children: [] });
    }
    if (change.shuffle === true) shuffle(target.children, random);
  };
  build(root, roots);
  return roots;
}

function shuffle(items: PlannedSpan[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}

/** A run in which children follow one another; a parent lasts as long as its own time and its children together. */
export function runOf(roots: readonly PlannedSpan[]): Run {
  const builder = new RunBuilder({
    id: 'run',
    name: 'run',
    kind: 'trace',
    epochNs: 1_790_000_000_000_000_000n,
    provenance: { client: 'test', version: '1', format: 'test' },
  });
  const track = builder.track('main', 'thread');
  const totals = new Map<PlannedSpan, number>();
  const totalOf = (span: PlannedSpan): number => {
    const total = span.children.reduce((sum, child) => sum + totalOf(child), span.durationNs);
    totals.set(span, total);
    return total;
  };
  const add = (span: PlannedSpan, startNs: number, parent: number | null): void => {
    const handle = builder.addSpan({
      name: span.name,
      startNs,
      durationNs: totals.get(span) ?? 0,
      track,
      parent,
      attributes: { ...span.attributes, [TRUTH]: span.truth + 0.5 },
    });
    let at = startNs + span.durationNs / 2;
    for (const child of span.children) {
      add(child, at, handle);
      at += totals.get(child) ?? 0;
    }
  };
  let at = 0;
  for (const root of roots) {
    totalOf(root);
    add(root, at, null);
    at += totals.get(root) ?? 0;
  }
  return builder.finish({ status: 'done' });
}

/** The truth of each span. Floating-point attributes are measurements to the alignment: it passes them over. */
export function truthOf(run: Run): number[] {
  return Array.from({ length: spanCount(run) }, (_, span) => Number(attributeOf(run, span, TRUTH)));
}
