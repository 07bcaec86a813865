import { z } from 'zod';
import { VideoSummary } from '../../protocol/library.ts';
import { GetRunReport } from '../../protocol/messages.ts';
import type { ChartSource } from '../../protocol/chart.ts';
import { chooseSource } from '../runs/chooseRun.ts';
import type { Command, CommandServices } from './command.ts';

/** A run in a menu's or a link's argument, perhaps with the span to go to. */
const RunArgument = z.object({ id: z.string().min(1), span: z.number().int().min(0).optional() });

/** Of a run of the Runs view or a link, of a video's last run, or of the person's choice. */
export const showFlameChart: Command = async (services, argument) => {
  const chosen = await sourceOf(services, argument);
  if (chosen === undefined) return;
  const { source, span = null } = chosen;
  await services.panels.show({ panel: 'flame', source, span, view: null });
};

async function sourceOf(
  { client }: CommandServices,
  argument: unknown,
): Promise<{ source: ChartSource; span?: number | undefined } | undefined> {
  const video = VideoSummary.safeParse(argument);
  if (video.success) {
    const { id, lastRunId } = video.data;
    const runId = lastRunId ?? (await client.request(GetRunReport, { id })).runId;
    return { source: { kind: 'run', id: runId } };
  }
  const run = RunArgument.safeParse(argument);
  if (run.success) return { source: { kind: 'run', id: run.data.id }, span: run.data.span };
  const source = await chooseSource(client, 'Show Flame Chart');
  return source && { source };
}
