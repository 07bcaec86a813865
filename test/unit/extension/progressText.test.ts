import { expect, it } from 'vitest';
import { ProgressText } from '../../../src/extension/jobs/progressText.ts';
import type { StageId } from '../../../src/protocol/stage.ts';

const progress = (stage: StageId, fraction: number, overallFraction: number) => ({
  type: 'progress' as const,
  id: 'v',
  stage,
  fraction,
  etaSeconds: 9,
  speed: '42× real time',
  overallFraction,
  overallEtaSeconds: 69.2,
});
const stage = (id: StageId, state: 'running' | 'done') => ({
  type: 'stage' as const,
  id: 'v',
  stage: id,
  state,
});

it('names the running stage that has come least far, with its share, the time left and the speed', () => {
  const text = new ProgressText();
  expect(text.text).toBe('Preparing');
  text.hear(stage('recognise', 'running'));
  text.hear(stage('decode', 'running'));
  text.hear(progress('recognise', 0.1, 0.2));
  expect(text.text).toBe('Decode');
  text.hear(progress('decode', 0.5, 0.2));
  expect(text.text).toBe('Recognise speech 10 % · 1:10 left · 42× real time');
});

it('never lets the bar fall, and starts it again with the next video', () => {
  const text = new ProgressText();
  text.hear(progress('decode', 0.5, 0.4));
  text.hear(progress('recognise', 0.1, 0.3));
  expect(text.fraction).toBe(0.4);
  text.hear({ type: 'playlist', title: 'p', entries: 3, done: 1, failed: 0 });
  text.hear({ type: 'started', id: 'w', runId: 'r', source: 's', title: 't' });
  expect([text.fraction, text.text]).toEqual([0, '2 of 3: Preparing']);
});
