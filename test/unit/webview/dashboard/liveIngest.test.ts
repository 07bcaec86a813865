import { describe, expect, it } from 'vitest';
import type { IngestEvent } from '../../../../src/protocol/ingest.ts';
import { type LiveIngest, afterEvent } from '../../../../webview/dashboard/liveIngest.ts';

const STARTED: IngestEvent = {
  type: 'started',
  id: 'v',
  runId: 'r',
  source: '/a',
  title: 'A talk',
};
const progress = (speed: string): IngestEvent => ({
  ...{ type: 'progress', id: 'v', stage: 'embed', fraction: 0.5, etaSeconds: 3, speed },
  ...{ overallFraction: 0.8, overallEtaSeconds: 9 },
});

const after = (...events: readonly IngestEvent[]): LiveIngest | null =>
  events.reduce<LiveIngest | null>(afterEvent, null);
const stageOf = (live: LiveIngest | null, stage: string) =>
  live?.stages.find((each) => each.stage === stage);

describe('afterEvent', () => {
  it('follows the stages with their speed', () => {
    const live = after(STARTED, progress('310 texts/s'));
    expect(live).toMatchObject({ title: 'A talk', fraction: 0.8, etaSeconds: 9, end: null });
    expect(stageOf(live, 'embed')).toMatchObject({ state: 'running', speed: '310 texts/s' });
    expect(stageOf(live, 'publish')?.state).toBe('waiting');
    const done = afterEvent(live, { type: 'stage', id: 'v', stage: 'embed', state: 'done' });
    expect(stageOf(done, 'embed')).toMatchObject({ state: 'done', speed: null, etaSeconds: null });
  });

  it('joins an ingest that began before the page was open', () => {
    expect(after(progress('1 texts/s'))).toMatchObject({ id: 'v', title: '', fraction: 0.8 });
  });

  it('begins anew with the next one, and tells how it ended', () => {
    const next: IngestEvent = { ...STARTED, id: 'w', title: 'Another' };
    expect(after(STARTED, progress('1 texts/s'), next)).toMatchObject({ id: 'w', fraction: null });
    const error = { code: 'media.no-audio', message: 'No audio.', action: 'Choose another file.' };
    const failed: IngestEvent = { type: 'failed', id: 'v', runId: 'r', source: '/a', error };
    expect(after(STARTED, failed)?.end).toEqual({
      how: 'failed',
      text: 'No audio. Choose another file.',
    });
    expect(after(STARTED, { type: 'cancelled', id: null, source: '/a' })?.end?.how).toBe(
      'cancelled',
    );
  });
});
