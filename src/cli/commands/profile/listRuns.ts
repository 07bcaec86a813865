import type { ProfileSummary } from '../../../store/profiles.ts';
import { shownSummary } from '../../../runs/liveRun.ts';
import { bytesText } from '../../quantities.ts';
import type { Session } from '../../session.ts';
import { type Column, renderTable } from '../../table.ts';

const COLUMNS: readonly Column<ProfileSummary>[] = [
  { title: 'ID', cell: ({ id }) => id.slice(0, 8) },
  { title: 'Name', cell: ({ name }) => name, flexible: true },
  { title: 'Series', cell: ({ name, series }) => (series === name ? '' : series) },
  { title: 'Kind', cell: ({ kind }) => kind },
  { title: 'State', cell: ({ status }) => status },
  { title: 'Began', cell: ({ startedAt }) => startedAt.slice(0, 16).replace('T', ' ') },
  { title: 'Size', cell: ({ bytes }) => bytesText(bytes), align: 'right' },
];

export interface ListFlags {
  readonly limit?: number;
  readonly series?: string;
}

/** `profile list`: the runs of the library, the newest first; those of killed listeners as `interrupted`. */
export async function listRuns(session: Session, flags: ListFlags): Promise<number> {
  const { output } = session;
  const library = await session.library();
  const runs = library.profiles.list(flags).map((run) => shownSummary(library, run));
  for (const run of runs) output.record({ type: 'run', ...run });
  output.record({ type: 'result', command: 'profile list', count: runs.length });
  if (runs.length > 0) output.result(renderTable(COLUMNS, runs, output.columns));
  else output.info('There are no runs. Get one with: earshot profile import FILE');
  return 0;
}
