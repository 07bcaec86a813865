import type { Rule } from '../rule.ts';
import { serialisedWorkers } from './serialisedWorkers.ts';
import { slowAccelerator } from './slowAccelerator.ts';

/** Work that could go side by side goes one after the other: workers behind a lock, or a batch done item by item. */
export const serialisedBatch: Rule = (facts) => [
  ...serialisedWorkers(facts),
  ...slowAccelerator(facts),
];
