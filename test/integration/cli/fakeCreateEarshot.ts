import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../../src/pipeline/earshotError.ts';
import type { Earshot } from '../../../src/pipeline/earshot.ts';
import type { StageId } from '../../../src/protocol/stage.ts';
import { FakeEarshot, tellIngest } from '../../unit/cli/fakeEarshot.ts';
import { resultOf, segment, transcriptOf } from '../../unit/pipeline/transcript/sampleResult.ts';

/** Stands in for the pipeline in the bundle that these tests run as a program; the source says what to play. */
export function createEarshot(): Promise<Earshot> {
  const earshot = new FakeEarshot();
  earshot.script = async ({ source }, talk) => {
    if (source === 'ask') await talk.consent('Install yt-dlp?');
    if (source === 'large') {
      const words = 'many words '.repeat(200_000);
      return [resultOf(transcriptOf([segment(0, 1, 'A', words)]), { id: 'large' })];
    }
    if (source === 'endless') {
      talk.onEvent({ type: 'started', id: 'e', runId: 'r', source, title: 'Endless' });
      talk.onEvent({ type: 'stage', id: 'e', stage: 'decode', state: 'running' });
      while (!talk.signal.aborted) await sleep(10);
      throw new CancelledError();
    }
    if (source === 'deaf') {
      talk.onEvent({ type: 'started', id: 'd', runId: 'r', source, title: 'Deaf' });
      await sleep(60_000);
    }
    if (source === 'staged') await playStages(talk.onEvent);
    return [tellIngest(talk, 'v1', source)];
  };
  return Promise.resolve(earshot);
}

async function playStages(onEvent: Parameters<FakeEarshot['script']>[1]['onEvent']): Promise<void> {
  const id = 's';
  onEvent({ type: 'started', id, runId: 'r', source: 'staged', title: 'Staged 会議' });
  const stages: StageId[] = ['download', 'decode', 'recognise'];
  for (const stage of stages) onEvent({ type: 'stage', id, stage, state: 'running' });
  for (let step = 1; step <= 10; step += 1) {
    for (const stage of stages) {
      onEvent({
        type: 'progress',
        id,
        stage,
        fraction: step / 10,
        etaSeconds: (10 - step) / 10,
        speed: '42× real time',
        overallFraction: step / 10,
        overallEtaSeconds: (10 - step) / 10,
      });
    }
    await sleep(60);
  }
  for (const stage of stages) onEvent({ type: 'stage', id, stage, state: 'done' });
}
