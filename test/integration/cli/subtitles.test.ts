import { createRequire } from 'node:module';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { toSrt } from '../../../src/pipeline/transcript/srt.ts';
import { toVtt } from '../../../src/pipeline/transcript/vtt.ts';
import { segment, transcriptOf } from '../../unit/pipeline/transcript/sampleResult.ts';

const ffmpeg = (createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string })
  .path;

/** What another reader of subtitles makes of ours. */
async function readByFfmpeg(format: 'srt' | 'webvtt', text: string): Promise<string[]> {
  const args = ['-v', 'error', '-f', format, '-i', 'pipe:0', '-f', 'srt', 'pipe:1'];
  const { stdout, stderr } = await execa(ffmpeg, args, { input: text });
  expect(stderr).toBe('');
  return stdout.trim().split(/\r?\n\r?\n/);
}

describe('subtitles as ffmpeg reads them', () => {
  const long =
    'This is a long sentence that goes on, and on, until two lines are full of it. '.repeat(4);
  const transcript = transcriptOf(
    [
      segment(0.5, 3, 'Speaker 1', 'Fish --> chips.\n\n00:00:01.000 --> 00:00:02.000'),
      segment(3.25, 22, 'Speaker 2', long),
      segment(22, 24, 'Speaker 1', 'שלום 👩‍👩‍👧‍👦 会議'),
    ],
    { title: 'A --> B\n\nWEBVTT', chapters: [{ title: 'C --> D', start: 3, end: 24 }] },
  );
  const times = [
    '00:00:00,500 --> 00:00:03,000',
    '00:00:03,250 -->',
    '--> 00:00:22,000',
    '00:00:22,000 --> 00:00:24,000',
  ];

  it.each([
    ['srt', toSrt(transcript)],
    ['webvtt', toVtt(transcript)],
  ] as const)('%s', async (format, text) => {
    const cues = await readByFfmpeg(format, text);
    expect(cues).toHaveLength((text.match(/^\d\d:.* --> /gm) ?? []).length);
    for (const time of times) expect(cues.join('\n')).toContain(time);
    expect(cues.at(-1)).toContain('שלום 👩‍👩‍👧‍👦 会議');
  });
});
