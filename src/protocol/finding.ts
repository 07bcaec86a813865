import { z } from 'zod';

/** A named cause in a run, in short. */
export const FindingSummary = z.object({
  /** `repeated-load`, `low-coverage`, … */
  kind: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  /** One sentence with the thing and the number in it. */
  title: z.string(),
  wastedSeconds: z.number().nullable(),
  fix: z.string(),
});
export type FindingSummary = z.infer<typeof FindingSummary>;
