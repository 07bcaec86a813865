import type { z } from 'zod';
import type { OpenDiff } from '../../../src/protocol/runMessages.ts';

/** What the worker says of two runs. */
export type DiffResult = z.infer<typeof OpenDiff.result>;

/** One of the two runs: `a` before, `b` after. */
export type Side = 'a' | 'b';
