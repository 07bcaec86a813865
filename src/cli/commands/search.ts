import type { SearchHit } from '../../protocol/library.ts';
import { clockTime } from '../../pipeline/transcript/clockTime.ts';
import { singleLine } from '../../pipeline/transcript/singleLine.ts';
import { timeLink } from '../../pipeline/transcript/timeLink.ts';
import type { Output } from '../output.ts';
import type { Session } from '../session.ts';

/** `search TEXT`: where something was said, best first. */
export async function search(
  session: Session,
  text: string,
  flags: { readonly semantic?: boolean; readonly limit: number },
): Promise<number> {
  const { output } = session;
  const { semantic = false, limit } = flags;
  const hits = await (await session.earshot()).search(text, { semantic, limit });
  for (const hit of hits) output.record({ type: 'hit', ...hit });
  output.record({ type: 'result', command: 'search', count: hits.length });
  output.result(hits.map((hit) => hitText(hit, output)).join('\n'));
  if (hits.length === 0) {
    const hint = semantic ? '' : ' Search by meaning with --semantic.';
    output.info(`Nothing was found.${hint}`);
  }
  return 0;
}

function hitText(hit: SearchHit, { palette }: Output): string {
  const place = `${palette.bold(singleLine(hit.title))} ${palette.cyan(`[${clockTime(hit.start)}]`)}`;
  const link = timeLink(hit.source, hit.start);
  const origin = link === null ? hit.videoId : `${hit.videoId} ${link}`;
  const words = `${singleLine(hit.speaker)}: ${singleLine(hit.snippet)}`;
  return `${place} ${palette.dim(origin)}\n  ${words}\n`;
}
