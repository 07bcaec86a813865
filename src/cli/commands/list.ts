import { STAGE_TITLES } from '../../protocol/stage.ts';
import type { VideoSummary } from '../../protocol/library.ts';
import { clockTime } from '../../pipeline/transcript/clockTime.ts';
import { percentText } from '../quantities.ts';
import type { Session } from '../session.ts';
import { type Column, renderTable } from '../table.ts';

const COLUMNS: readonly Column<VideoSummary>[] = [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'Title', cell: ({ title }) => title, flexible: true },
  {
    title: 'Length',
    cell: ({ durationSeconds: seconds }) => (seconds === null ? '–' : clockTime(seconds)),
    align: 'right',
  },
  {
    title: 'Speakers',
    cell: ({ speakers }) => (speakers === null ? '–' : String(speakers)),
    align: 'right',
  },
  {
    title: 'Coverage',
    cell: ({ coverage }) => (coverage === null ? '–' : percentText(coverage, 1)),
    align: 'right',
  },
  { title: 'State', cell: stateText },
  { title: 'Changed', cell: ({ updatedAt }) => updatedAt.slice(0, 10) },
];

/** `list`: the videos of the library. */
export async function list(session: Session): Promise<number> {
  const { output } = session;
  const videos = (await session.earshot()).list();
  for (const video of videos) output.record({ type: 'video', ...video });
  output.record({ type: 'result', command: 'list', count: videos.length });
  if (videos.length > 0) output.result(renderTable(COLUMNS, videos, output.columns));
  else output.info('The library is empty. Fill it with: earshot ingest SOURCE');
  return 0;
}

function stateText({ state, stage }: VideoSummary): string {
  return state === 'ready' || stage === null ? state : `${state} (${STAGE_TITLES[stage]})`;
}
