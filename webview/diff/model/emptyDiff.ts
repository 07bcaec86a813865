import type { DiffResult } from './diffResult.ts';

/** Whether nothing at all differs. */
export function isSame({ totalA, totalB, steps, onlyInA, onlyInB, counters }: DiffResult): boolean {
  return (
    totalA === totalB &&
    onlyInA + onlyInB + counters.length === 0 &&
    steps.every(({ delta }) => delta === 0)
  );
}

/** Why there is nothing to compare, and what to do; null where there is. */
export function hintOf({ a, b }: DiffResult): { title: string; details: string[] } | null {
  if (a.run.id === b.run.id) {
    return {
      title: 'A and B are the same run',
      details: ['A run does not differ from itself. Choose another one to compare it with.'],
    };
  }
  const empty = [a, b].find(({ run }) => run.spans === 0);
  if (empty === undefined) return null;
  return {
    title: `${empty === a ? 'A' : 'B'} has no spans`,
    details: [
      `There is nothing in “${empty.run.name}” to compare.`,
      'Choose a run that recorded spans, a trace or a profile.',
    ],
  };
}
