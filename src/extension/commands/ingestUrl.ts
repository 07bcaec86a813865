import { askUrl } from './askUrl.ts';
import type { Command } from './command.ts';
import { urlProblem } from './sourceUrl.ts';

export const ingestUrl: Command = async ({ ingester }, argument) => {
  const url = typeof argument === 'string' ? argument.trim() : await askUrl();
  if (url === undefined) return;
  const problem = urlProblem(url);
  if (problem !== undefined) throw new Error(problem);
  await ingester.ingest({ source: url });
};
