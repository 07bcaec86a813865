import type { RerunRequest, SpeakerCount } from '../../protocol/ingest.ts';
import type { StageId } from '../../protocol/stage.ts';
import { errorReport } from '../errorReport.ts';
import { reportIngests } from '../ingestReport.ts';
import { IngestTalk } from '../ingestTalk.ts';
import type { Session } from '../session.ts';

export interface RerunFlags {
  readonly from?: StageId;
  readonly only?: StageId;
  readonly speakers?: SpeakerCount;
  readonly model?: string;
  readonly yes?: boolean;
}

/** `rerun ID`: repeats stages of a video that is in the library. */
export async function rerun(session: Session, id: string, flags: RerunFlags): Promise<number> {
  const { from, only, speakers } = flags;
  const request: RerunRequest = {
    id,
    ...(from === undefined ? {} : { from }),
    ...(only === undefined ? {} : { only }),
    ...(speakers === undefined ? {} : { speakers }),
  };
  const talk = new IngestTalk(session, { yes: flags.yes === true });
  try {
    const options = flags.model === undefined ? {} : { recognitionModel: flags.model };
    const earshot = await session.earshot(options);
    talk.returned(await earshot.rerun(request, talk));
  } catch (error) {
    session.output.debug(error);
    talk.thrown(id, errorReport(error));
  } finally {
    talk.close();
  }
  return reportIngests(session.output, [talk]);
}
