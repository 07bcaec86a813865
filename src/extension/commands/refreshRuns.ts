import type { Command } from './command.ts';

export const refreshRuns: Command = ({ runs }) => {
  runs.refresh();
  return Promise.resolve();
};
