import { type Run, spanName } from '../model/run.ts';
import type { Alignment } from './alignRuns.ts';
import { nameTemplate } from './sharedNames.ts';
import { stageLabels } from './stageLabels.ts';

/** What each span of two runs is counted under in the account of their difference: a key of `stepKey` for each. */
export interface StepLabels {
  readonly a: readonly string[];
  readonly b: readonly string[];
}

/** Names that differ in numbers only are one step where there are more of them than this. */
const MAX_NUMBERED_NAMES = 12;

/** A step's stage and name as one text that tells it from every other. */
export function stepKey(stage: string | null, name: string): string {
  return JSON.stringify([stage, name]);
}

/** Stage and name of a key of `stepKey`. */
export function stepOfKey(key: string): [stage: string | null, name: string] {
  return JSON.parse(key) as [string | null, string];
}

/** The step that each span is counted under. A span that was renamed is counted under both names at once. */
export function stepLabels(a: Run, b: Run, { pairA, pairB }: Alignment): StepLabels {
  const many = manyNumbered([a, b]);
  const shown = (name: string): string => {
    const template = nameTemplate(name);
    return many.has(template) ? template : name;
  };
  const named = (run: Run): string[] => {
    const texts = new Map<number, string>();
    return Array.from(run.spans.nameId, (id, span) => {
      const text = texts.get(id) ?? shown(spanName(run, span));
      texts.set(id, text);
      return text;
    });
  };
  const namesA = named(a);
  const namesB = named(b);
  pairA.forEach((spanA, i) => {
    const spanB = pairB[i] ?? 0;
    const before = namesA[spanA] ?? '';
    const after = namesB[spanB] ?? '';
    if (nameTemplate(before) === nameTemplate(after)) return;
    namesA[spanA] = namesB[spanB] = `${before} → ${after}`;
  });
  const keyed = (run: Run, names: readonly string[]): string[] => {
    const stages = stageLabels(run);
    return names.map((name, span) => stepKey(stages[span] ?? null, name));
  };
  return { a: keyed(a, namesA), b: keyed(b, namesB) };
}

function manyNumbered(runs: readonly Run[]): Set<string> {
  const names = new Map<string, Set<string>>();
  for (const run of runs) {
    for (const id of new Set(run.spans.nameId)) {
      const name = run.strings[id] ?? '';
      const template = nameTemplate(name);
      if (template !== name) names.set(template, (names.get(template) ?? new Set()).add(name));
    }
  }
  const many = Array.from(names).filter(([, each]) => each.size > MAX_NUMBERED_NAMES);
  return new Set(many.map(([template]) => template));
}
