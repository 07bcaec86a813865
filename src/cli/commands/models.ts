import type { ModelInfo } from '../../protocol/library.ts';
import { singleLine } from '../../pipeline/transcript/singleLine.ts';
import { IngestTalk } from '../ingestTalk.ts';
import { bytesText } from '../quantities.ts';
import type { Session } from '../session.ts';
import { type Column, renderTable } from '../table.ts';

const COLUMNS: readonly Column<ModelInfo>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'What it does', cell: ({ title }) => title, flexible: true },
  { title: 'Kind', cell: ({ kind }) => kind },
  { title: 'State', cell: stateText },
  { title: 'Size', cell: ({ bytes }) => bytesText(bytes), align: 'right' },
  { title: 'Licence', cell: ({ licence }) => licence },
];

/** `models list`: every model with its licence, and the credit that the licence asks for. */
export async function listModels(session: Session): Promise<number> {
  const { output } = session;
  const models = await (await session.earshot()).models();
  for (const model of models) output.record({ type: 'model', ...model });
  output.record({ type: 'result', command: 'models list', count: models.length });
  const credits = models.map((model) => `  ${model.name}: ${creditText(model)}\n`).join('');
  output.result(`${renderTable(COLUMNS, models, output.columns)}\nCredits\n${credits}`);
  return 0;
}

/** `models get NAME`: downloads an optional model and checks it. */
export async function getModel(
  session: Session,
  name: string,
  flags: { readonly yes?: boolean },
): Promise<number> {
  const { output } = session;
  const earshot = await session.earshot();
  const talk = new IngestTalk(session, { yes: flags.yes === true });
  let model: ModelInfo;
  try {
    model = await earshot.getModel(name, talk);
  } finally {
    talk.close();
  }
  output.record({ type: 'result', command: 'models get', model });
  const size = bytesText(model.bytes);
  output.result(`${model.name} is ready (${size}, ${model.licence}). ${creditText(model)}\n`);
  return 0;
}

function stateText({ present, verified }: ModelInfo): string {
  if (!present) return 'not here';
  if (verified === null) return 'here';
  return verified ? 'verified' : 'damaged';
}

function creditText({ credit, licence, source }: ModelInfo): string {
  return singleLine(`${credit} · ${licence} · ${source}`);
}
