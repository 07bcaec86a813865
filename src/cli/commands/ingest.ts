import type { IngestRequest, SpeakerCount } from '../../protocol/ingest.ts';
import { errorReport } from '../errorReport.ts';
import { reportIngests } from '../ingestReport.ts';
import { IngestTalk } from '../ingestTalk.ts';
import type { Session } from '../session.ts';

export interface IngestFlags {
  readonly force?: boolean;
  readonly playlist?: boolean;
  readonly speakers?: SpeakerCount;
  readonly model?: string;
  readonly yes?: boolean;
}

/** `ingest SOURCE...`: each source in turn; a failure does not stop the rest. */
export async function ingest(
  session: Session,
  sources: readonly string[],
  flags: IngestFlags,
): Promise<number> {
  const options = flags.model === undefined ? {} : { recognitionModel: flags.model };
  const talks: IngestTalk[] = [];
  for (const source of sources) {
    const talk = new IngestTalk(session, { yes: flags.yes === true });
    talks.push(talk);
    const { force, playlist, speakers, yes } = flags;
    const request: IngestRequest = {
      source,
      ...(force === undefined ? {} : { force }),
      ...(playlist === undefined ? {} : { playlist }),
      ...(speakers === undefined ? {} : { speakers }),
      ...(yes === undefined ? {} : { yes }),
    };
    try {
      session.cancellation.signal.throwIfAborted();
      const earshot = await session.earshot(options);
      for (const result of await earshot.ingest(request, talk)) talk.returned(result);
    } catch (error) {
      session.output.debug(error);
      talk.thrown(source, errorReport(error));
    } finally {
      talk.close();
    }
    if (talk.cancelled) break;
  }
  return reportIngests(session.output, talks);
}
