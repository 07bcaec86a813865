import type { Command } from './command.ts';

export const showRegressions: Command = ({ marks }) => marks.showRegressions();

export const showSilenced: Command = ({ marks }) => marks.showSilenced();
