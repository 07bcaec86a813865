import { z } from 'zod';

const Ratio = z.number().nullable();

/** A line of a gate's answer; the words of the JSON contract of `earshot profile gate --json`. */
export const GateVerdict = z.object({
  stage: z.string(),
  metric: z.string(),
  verdict: z.enum(['slower', 'faster', 'same', 'inconclusive', 'withheld']),
  ratio: Ratio,
  interval: z.tuple([Ratio, Ratio]),
  n: z.tuple([z.number(), z.number()]),
  p: Ratio,
  smallestVisible: Ratio,
  tier: z.number(),
  reason: z.string(),
});
export type GateVerdict = z.infer<typeof GateVerdict>;

/** What a gate came to. */
export const GateRecord = z.object({
  type: z.literal('result'),
  command: z.literal('gate'),
  name: z.string(),
  result: z.enum(['fine', 'regression', 'inconclusive']),
  partial: z.boolean(),
  why: z.string(),
  runs: z.tuple([z.number(), z.number()]),
  verdicts: z.array(GateVerdict),
  baseline: z.object({ label: z.string(), runIds: z.array(z.string()) }),
  head: z.object({ label: z.string(), runIds: z.array(z.string()) }),
});
export type GateRecord = z.infer<typeof GateRecord>;

/** How far a gate is. */
export const GateProgress = z.object({
  type: z.literal('progress'),
  done: z.number(),
  planned: z.number(),
  text: z.string(),
});
export type GateProgress = z.infer<typeof GateProgress>;
