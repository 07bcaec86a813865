import type { TargetInfo } from '../../protocol/library.ts';
import { bytesText, numberText, percentText } from '../quantities.ts';
import type { Session } from '../session.ts';
import { type Column, renderTable } from '../table.ts';

const COLUMNS: readonly Column<TargetInfo>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'What is held', cell: ({ title }) => title, flexible: true },
  { title: 'Limit', cell: limitText },
  { title: 'From', cell: ({ origin }) => origin },
];

/** `targets`: the limits that runs are held to, and where each comes from. */
export async function targets(session: Session): Promise<number> {
  const { output } = session;
  const all = (await session.earshot()).targets();
  for (const target of all) output.record({ type: 'target', ...target });
  output.record({ type: 'result', command: 'targets', count: all.length });
  output.result(renderTable(COLUMNS, all, output.columns));
  return 0;
}

function limitText({ direction, limit, unit }: TargetInfo): string {
  const sign = direction === 'at-most' ? '≤' : '≥';
  if (unit === 'bytes') return `${sign} ${bytesText(limit)}`;
  if (unit === 'share') return `${sign} ${percentText(limit, 0)}`;
  return `${sign} ${numberText(limit)} ${unit}`.trimEnd();
}
