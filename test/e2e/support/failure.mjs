import path from 'node:path';
import { SCREENSHOTS } from './paths.mjs';

/** After a test that failed: what the screen shows and what the logs say. */
export async function tellFailure(context, server, win) {
  if (context.passed) return;
  const name = context.name.replace(/\W+/g, '-');
  await win?.screenshot(path.join(SCREENSHOTS, `failed-${name}.png`)).catch(() => {});
  const lines = server?.logs(/Earshot\.log$/).split('\n') ?? [];
  context.diagnostic(`Earshot’s log:\n${lines.slice(-30).join('\n')}`);
}
