import { Models, Targets } from '../../protocol/messages.ts';
import type { Command } from './command.ts';
import { modelsPage } from './doctorPage.ts';

export const showModels: Command = async ({ client, open }) => {
  const { models } = await client.request(Models, {});
  const { targets } = await client.request(Targets, {});
  await open.page('Models and Credits', modelsPage(models, targets));
};
