import { z } from 'zod';

const Words = z.array(z.string()).min(1);

/** A command to profile: a list of program and arguments, or that with more. */
export const CommandConfig = z
  .union([
    Words,
    z.strictObject({
      command: Words.describe('Program and arguments; no shell sees them.'),
      cwd: z.string().min(1).optional().describe('Folder to run in, relative to this file.'),
      setup: z
        .string()
        .min(1)
        .optional()
        .describe('Command line that prepares a checked-out commit; a shell runs it.'),
      link: z
        .array(z.string().min(1))
        .optional()
        .describe('Files and folders of the checkout to link into checked-out commits.'),
      env: z.record(z.string(), z.string()).optional().describe('Further variables.'),
    }),
  ])
  .describe('Program and arguments as a list, or an object with more.');
export type CommandConfig = z.infer<typeof CommandConfig>;

const Runs = z.number().int().min(3).max(100);

/** How `earshot profile gate` decides, where its options do not say. */
export const GateConfig = z.strictObject({
  baseline: z.string().min(1).optional().describe('Commit, branch or tag to compare with.'),
  runs: Runs.optional().describe('Runs of either side (7).'),
  maxRuns: Runs.optional().describe('Runs of either side where those decide nothing (10).'),
  threshold: z
    .number()
    .min(0)
    .lt(1)
    .optional()
    .describe('Least change that matters, as a share: 0.1 for 10 %.'),
  alpha: z.number().gt(0).lt(0.5).optional().describe('Chance of a false alarm (0.01).'),
  stages: z.array(z.string().min(1)).optional().describe('Only these stages.'),
  metrics: z.array(z.string().min(1)).optional().describe('Only these metrics.'),
});
export type GateConfig = z.infer<typeof GateConfig>;
