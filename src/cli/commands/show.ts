import type { TranscriptFormat } from '../../protocol/library.ts';
import { formatTranscript } from '../../pipeline/transcript/formatTranscript.ts';
import type { Session } from '../session.ts';

/** `show ID`: the published transcript in a format. */
export async function show(
  session: Session,
  id: string,
  flags: { readonly format?: TranscriptFormat },
): Promise<number> {
  const { output } = session;
  const result = (await session.earshot()).show(id);
  const { format } = flags;
  output.record(
    format === undefined ? result : { ...result, format, text: formatTranscript(result, format) },
  );
  if (!output.json) await output.piece(formatTranscript(result, format ?? 'md'));
  return 0;
}
