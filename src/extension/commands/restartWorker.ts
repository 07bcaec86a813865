import type { Command } from './command.ts';

export const restartWorker: Command = async ({ client, library }) => {
  await client.restart();
  await library.refresh();
};
