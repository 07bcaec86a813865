import type { Command } from './command.ts';

export const refreshLibrary: Command = async ({ library }) => {
  await library.refresh();
};
