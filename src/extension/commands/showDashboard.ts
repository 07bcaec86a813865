import { z } from 'zod';
import type { Command } from './command.ts';

/** A series or a run of the Runs view; neither where the command comes from the palette. */
const Argument = z
  .object({ name: z.string(), runs: z.array(z.unknown()) })
  .transform(({ name }) => name)
  .or(z.object({ series: z.string() }).transform(({ series }) => series));

export const showDashboard: Command = async ({ panels }, argument) => {
  const series = Argument.safeParse(argument);
  await panels.show({ panel: 'dashboard', series: series.success ? series.data : null });
};
