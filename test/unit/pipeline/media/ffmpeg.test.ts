import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeToPcm } from '../../../../src/pipeline/media/ffmpeg.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';

/** fluent-ffmpeg first asks for formats and encoders, in the shape of ffmpeg's own lists. */
const ABLE =
  'case "$*" in *s16le*) ;; *) printf " DE s16le  PCM\\n A....D pcm_s16le  PCM\\n"; exit 0 ;; esac';

/** Decodes with a program that writes two samples and then does what the script says. */
async function decodeWith(script: string) {
  using home = temporaryHome();
  const file = (name: string) => join(home.path, name);
  writeFileSync(file('in.wav'), 'RIFF');
  writeFileSync(file('ffmpeg'), `#!/bin/sh\n${ABLE}\nprintf abcd\n${script}\n`);
  chmodSync(file('ffmpeg'), 0o755);
  return await decodeToPcm({
    input: file('in.wav'),
    output: file('out.pcm'),
    ffmpegPath: file('ffmpeg'),
  });
}

describe.skipIf(process.platform === 'win32')('decodeToPcm', () => {
  it.each([
    ['killed', 'kill -KILL $$'],
    ['asked to end', 'echo "Exiting normally, received signal 15." >&2; exit 255'],
  ])('does not take the audio for whole when ffmpeg was %s', async (_, script) => {
    await expect(decodeWith(script)).rejects.toMatchObject({ code: 'decoder.stopped' });
  });

  it.each([
    ['fails', 'exit 1'],
    ['crashes', 'kill -SEGV $$'],
  ])('keeps what was decoded of a file on which ffmpeg %s', async (_, script) => {
    const { samples, warnings } = await decodeWith(script);
    expect(samples).toBe(2);
    expect(warnings[0]).toMatch(/^media\.truncated:/);
  });
});
