import { describe, expect, it } from 'vitest';
import { doctorPage, modelsPage } from '../../../src/extension/commands/doctorPage.ts';
import { hitItems } from '../../../src/extension/commands/searchItems.ts';
import { suggestedUrl, urlProblem } from '../../../src/extension/commands/sourceUrl.ts';
import { describeVideo } from '../../../src/extension/library/describeVideo.ts';
import { formatPercent, formatTime } from '../../../src/extension/platform/formatTime.ts';
import { plainMessage } from '../../../src/extension/platform/plainMessage.ts';
import { video } from '../worker/scriptedEarshot.ts';

describe('URLs to ingest', () => {
  it.each([
    ['https://www.youtube.com/watch?v=x', undefined],
    ['  http://127.0.0.1:8000/a.mp3 ', undefined],
    ['', 'Paste'],
    ['--exec rm', 'no spaces'],
    ['youtube', 'not a URL'],
    ['file:///etc/passwd', 'Ingest Media File'],
    ['javascript:alert(1)', 'Only http and https'],
  ])('%j', (text, problem) => {
    if (problem === undefined) expect(urlProblem(text)).toBeUndefined();
    else expect(urlProblem(text)).toContain(problem);
  });

  it('are suggested from the clipboard only where they are URLs', () => {
    expect(suggestedUrl(' https://youtu.be/x\n')).toBe('https://youtu.be/x');
    expect(suggestedUrl('some text')).toBeUndefined();
  });
});

it('leaves no link in a notification, for a title could run a command with it', () => {
  expect(plainMessage('a\u202eb has changed')).toBe('a\ufffdb has changed');
  expect(plainMessage('“[Watch](command:workbench.action.quit)” [a](https://x.test)')).not.toMatch(
    /\[[^\]]+\]\(/,
  );
});

describe('the Library view', () => {
  it('shows duration, speakers and coverage', () => {
    expect(describeVideo(video('a'))).toMatchObject({
      description: '0:05 · 2 speakers · 50 % voices',
      icon: 'comment-discussion',
      context: 'video.ready.local',
    });
  });

  it('shows where a video stopped, and what its ingest does', () => {
    const failed = {
      ...video('a'),
      source: 'https://x.test/a',
      state: 'failed' as const,
      stage: 'decode' as const,
      durationSeconds: null,
      speakers: null,
      coverage: null,
      errorMessage: 'No [audio](command:x).',
    };
    const shown = describeVideo(failed);
    expect(shown).toMatchObject({ description: 'failed at “decode”', context: 'video.failed.web' });
    expect(shown.tooltip).toContain('No \\[audio\\]\\(command\\:x\\)');
    const hostile = { ...failed, title: 'a\u202e\n<img src=x> www.x.test' };
    expect(describeVideo(hostile)).toMatchObject({
      title: 'a <img src=x> www.x.test',
      tooltip: expect.stringContaining('**a &lt;img src=x&gt; www\\.x\\.test**'),
    });
    expect(describeVideo(failed, 'Decode 5 %')).toMatchObject({
      description: 'Decode 5 %',
      context: 'video.ingesting.web',
    });
  });
});

it('formats times and shares without claiming more than there is', () => {
  expect([formatTime(5.9), formatTime(3723), formatTime(-1)]).toEqual(['0:05', '1:02:03', '0:00']);
  expect([formatPercent(0.999), formatPercent(1)]).toEqual(['99 %', '100 %']);
});

it('lists hits by words first and none twice', () => {
  const hit = (segment: number) => ({
    videoId: 'v',
    title: 'T',
    source: 's',
    start: 61,
    end: 62,
    speaker: 'Speaker 1',
    text: 'x',
    snippet: `[x] ${segment}`,
    score: 1,
    segment,
  });
  const items = hitItems([hit(1)], [hit(1), hit(2)]);
  expect(items.map(({ label, detail }) => `${label}: ${detail}`)).toEqual([
    '[x] 1: T · Speaker 1 · 1:01',
    '[x] 2: T · Speaker 1 · 1:01 · similar meaning',
  ]);
});

it('writes the doctor’s page with what needs attention first', () => {
  const page = doctorPage([
    { name: 'Node', status: 'ok', detail: '24', action: null },
    { name: 'yt-dlp', status: 'error', detail: 'missing', action: 'Install it.' },
  ]);
  expect(page.indexOf('yt-dlp')).toBeLessThan(page.indexOf('Node'));
  expect(page).toContain('  - Install it.');
});

it('credits the models', () => {
  const model = {
    name: 'm',
    title: 'Model',
    kind: 'bundled' as const,
    present: true,
    verified: true,
    bytes: 1e6,
    licence: 'CC-BY-4.0',
    credit: 'by Them',
    source: 'https://x.test',
  };
  expect(modelsPage([model], [])).toMatch(/CC-BY-4\.0[^]*by Them/);
});

it('names the targets as the setting does', () => {
  const target = {
    name: 'real-time-factor',
    title: 'Whole run',
    limit: 0.02,
    direction: 'at-most' as const,
    unit: 's/s',
    origin: 'default',
  };
  expect(modelsPage([], [target])).toContain(
    '- `real-time-factor` (Whole run): ≤ 0.02 s/s (default)',
  );
});
