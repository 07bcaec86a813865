import { z } from 'zod';
import { CommandConfig, GateConfig } from './gateSchema.ts';

const Limit = z.number().min(0).describe('The limit, in the unit of the target.');

/** How lines of a log are read, where that is not found by itself. */
export const LogPattern = z.strictObject({
  pattern: z
    .string()
    .min(1)
    .describe(
      'Regular expression with any of the named groups ts, name, event (start, end, point), dur, id, thread, and ' +
        'key_… for attributes. Without lookaround and back-references: it is matched in linear time.',
    ),
  name: z.string().min(1).optional().describe('Name of the spans where no group gives it.'),
  event: z
    .enum(['start', 'end', 'point'])
    .optional()
    .describe('What the lines tell of where no group gives it.'),
  durationUnit: z
    .enum(['ns', 'us', 'ms', 's', 'min'])
    .optional()
    .describe('Unit of the group dur where the line has none (default: s).'),
});

/** What `earshot.config.json` may hold. */
export const EarshotConfig = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds the schema of this file.'),
    targets: z
      .record(z.string(), z.union([Limit, z.strictObject({ limit: Limit })]))
      .optional()
      .describe(
        'Limits that runs are held to, by the name that `earshot targets` lists, or `stage:NAME` for the most seconds of a stage of any program.',
      ),
    recognitionModel: z
      .string()
      .min(1)
      .optional()
      .describe('The model that recognises speech, by the name that `earshot models list` gives.'),
    logPatterns: z
      .array(LogPattern)
      .optional()
      .describe('How lines of a log become spans and counters, where it is not found by itself.'),
    commands: z
      .record(z.string(), CommandConfig)
      .optional()
      .describe('Commands to profile, by name.'),
    pathMaps: z
      .record(z.string(), z.string())
      .optional()
      .describe('Folders as they are named in a trace, and where they are here.'),
    sourceLines: z
      .record(z.string(), z.string().regex(/^.+:\d+$/u, 'is not FILE:LINE'))
      .optional()
      .describe(
        'Places in the sources as FILE:LINE, by the name of a span or the kind of a log line.',
      ),
    gate: GateConfig.optional().describe(
      'How `earshot profile gate` decides, where its options do not say.',
    ),
  })
  .meta({
    title: 'Earshot configuration',
    description: 'Settings of a project that Earshot finds as earshot.config.json.',
  });
export type EarshotConfig = z.infer<typeof EarshotConfig>;
