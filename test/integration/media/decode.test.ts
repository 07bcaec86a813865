import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeToPcm, type DecodeProgress } from '../../../src/pipeline/media/ffmpeg.ts';
import { probeMedia } from '../../../src/pipeline/media/probeMedia.ts';
import { MediaServer } from './mediaServer.ts';
import { ffmpegPath, makeMedia, temporaryFolder } from './fixtures.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let ffmpeg: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  ffmpeg = await ffmpegPath();
});
afterAll(() => folder[Symbol.asyncDispose]());

const at = (name: string) => path.join(folder.path, name);
const decode = (input: string, output = at('out.pcm')) =>
  decodeToPcm({ input, output, ffmpegPath: ffmpeg });
const tone = (seconds: number, rate = 48_000) => [
  ...['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=${rate}:duration=${seconds}`],
];

async function peakAndRms(file: string): Promise<{ peak: number; rms: number }> {
  const bytes = await readFile(file);
  let peak = 0;
  let sum = 0;
  for (let offset = 0; offset < bytes.length; offset += 2) {
    const sample = bytes.readInt16LE(offset);
    peak = Math.max(peak, Math.abs(sample));
    sum += sample * sample;
  }
  return { peak, rms: Math.sqrt(sum / (bytes.length / 2)) };
}

describe('decoding whole files', () => {
  test.each([
    ['8 kHz mono WAV', 'low.wav', ['-ar', '8000'], { sourceSampleRate: 8000, sourceChannels: 1 }],
    ['stereo MP3', 'two.mp3', ['-ac', '2'], { sourceCodec: 'mp3', sourceChannels: 2 }],
    ['AAC in MP4', 'a.m4a', ['-c:a', 'aac'], { sourceCodec: 'aac', sourceSampleRate: 48_000 }],
    ['Opus in WebM', 'o.webm', ['-c:a', 'libopus'], { sourceCodec: 'opus' }],
  ])('%s becomes 16 kHz mono of the same length', async (_, name, args, facts) => {
    const file = await makeMedia(at(name), ...tone(3), ...args);
    const pcm = await decode(file);
    expect(pcm).toMatchObject({ ...facts, warnings: [] });
    expect(pcm.durationSeconds).toBeCloseTo(3, 1);
    const bytes = await readFile(at('out.pcm'));
    expect(bytes.length).toBe(2 * pcm.samples);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(pcm.sha256);
    expect((await peakAndRms(at('out.pcm'))).rms).toBeGreaterThan(1000);
  });

  test('six channels at full scale do not clip when they become one', async () => {
    const channels = Array.from({ length: 6 }, () => '0.999*sin(2*PI*440*t)').join('|');
    const file = await makeMedia(
      at('surround.wav'),
      ...['-f', 'lavfi', '-i', `aevalsrc=${channels}:c=5.1:s=48000:d=2`],
    );
    const pcm = await decode(file);
    expect(pcm.sourceChannels).toBe(6);
    const { peak, rms } = await peakAndRms(at('out.pcm'));
    expect(peak).toBeLessThan(32_767);
    // A clipped sine has a larger share of its peak in its power than 1/√2.
    expect(rms / peak).toBeLessThan(0.72);
    expect(peak).toBeGreaterThan(16_000);
  });

  test('only the first audio stream of a video is decoded', async () => {
    const file = await makeMedia(
      at('film.mp4'),
      ...['-f', 'lavfi', '-i', 'testsrc=duration=2:size=64x64', ...tone(2), '-shortest'],
    );
    expect((await decode(file)).durationSeconds).toBeCloseTo(2, 1);
    expect(await probeMedia(file, { ffmpegPath: ffmpeg })).toMatchObject({ videoStreams: 1 });
  });

  test.each([
    'with "quotes" and \'more\'.wav',
    'line\nbreak.wav',
    '-y.wav',
    'http:colon.wav',
    'weiß 音 🎧 %d.wav',
    '$(touch pwned) `id`.wav',
  ])('reads a file named %j', async (name) => {
    const file = at(name);
    await writeFile(file, await readFile(await makeMedia(at('plain.wav'), ...tone(1))));
    expect((await decode(file)).samples).toBe(16_000);
    expect((await probeMedia(file, { ffmpegPath: ffmpeg })).durationSeconds).toBeCloseTo(1, 1);
  });

  test('tells growing sample counts, each of which is on the disk already', async () => {
    const file = await makeMedia(at('long.flac'), ...tone(600, 16_000));
    const output = at('growing.pcm');
    const seen: { progress: DecodeProgress; bytesOnDisk: Promise<number> }[] = [];
    await decodeToPcm({
      input: file,
      output,
      ffmpegPath: ffmpeg,
      onProgress: (progress) => {
        seen.push({ progress, bytesOnDisk: stat(output).then(({ size }) => size) });
      },
    });
    const last = seen.at(-1)?.progress;
    expect(last).toMatchObject({ doneSamples: 9_600_000, fraction: 1 });
    expect(last?.speed).toBeGreaterThan(1);
    const counts = seen.map(({ progress }) => progress.doneSamples);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    for (const { progress, bytesOnDisk } of seen) {
      expect(await bytesOnDisk).toBeGreaterThanOrEqual(2 * progress.doneSamples);
    }
  });
});

describe('files that cannot be decoded', () => {
  test.each([
    ['an empty file', 'empty.mp3', Buffer.alloc(0), 'media.empty'],
    ['text named mp3', 'text.mp3', Buffer.from('only words\n'.repeat(300)), 'media.unreadable'],
    ['zeros named wav', 'zeros.wav', Buffer.alloc(5000), 'media.unreadable'],
  ])('%s', async (_, name, content, code) => {
    await writeFile(at(name), content);
    await expect(decode(at(name))).rejects.toMatchObject({ code });
    await expect(probeMedia(at(name), { ffmpegPath: ffmpeg })).rejects.toMatchObject({ code });
  });

  test('a film without sound', async () => {
    const args = ['-f', 'lavfi', '-i', 'testsrc=duration=1:size=64x64'];
    const file = await makeMedia(at('silent.mp4'), ...args);
    await expect(decode(file)).rejects.toMatchObject({ code: 'media.no-audio' });
    await expect(probeMedia(file, { ffmpegPath: ffmpeg })).rejects.toMatchObject({
      code: 'media.no-audio',
    });
  });

  test('an MP4 whose index is cut off', async () => {
    const whole = await readFile(await makeMedia(at('index.m4a'), ...tone(5), '-c:a', 'aac'));
    await writeFile(at('headless.m4a'), whole.subarray(0, whole.length / 2));
    await expect(decode(at('headless.m4a'))).rejects.toMatchObject({ code: 'media.truncated' });
  });

  test.each([
    ['wav', []],
    ['mp3', []],
    ['flac', []],
    ['m4a', ['-c:a', 'aac', '-movflags', '+faststart']],
  ])('a %s cut in the middle gives what is there, with a warning', async (extension, args) => {
    const whole = await readFile(await makeMedia(at(`whole.${extension}`), ...tone(20), ...args));
    const cut = at(`cut.${extension}`);
    await writeFile(cut, whole.subarray(0, Math.floor(whole.length / 2)));
    const pcm = await decode(cut);
    expect(pcm.warnings.join()).toMatch(/^media\.truncated: /);
    expect(pcm.durationSeconds).toBeGreaterThan(5);
    expect(pcm.durationSeconds).toBeLessThan(15);
  });

  test('a full disk', async () => {
    const file = await makeMedia(at('tone.wav'), ...tone(20));
    await expect(decode(file, '/dev/full')).rejects.toMatchObject({ code: 'media.disk-full' });
  });

  test('a missing ffmpeg, a missing file', async () => {
    const input = await makeMedia(at('tone.wav'), ...tone(1));
    const missing = at('no-ffmpeg');
    const output = at('x.pcm');
    await expect(decodeToPcm({ input, output, ffmpegPath: missing })).rejects.toMatchObject({
      code: 'media.ffmpeg-missing',
    });
    await expect(probeMedia(input, { ffmpegPath: missing })).rejects.toMatchObject({
      code: 'media.ffmpeg-missing',
    });
    const broken = at('broken-ffmpeg');
    await writeFile(broken, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 0]), { mode: 0o755 });
    await expect(decodeToPcm({ input, output, ffmpegPath: broken })).rejects.toMatchObject({
      code: 'media.ffmpeg-missing',
    });
    await expect(decode(at('nothing.wav'))).rejects.toMatchObject({ code: 'source.not-found' });
  });
});

describe('files that point elsewhere', () => {
  test.each(['list.m3u8', 'list.mp3'])('%s cannot make ffmpeg read the network', async (name) => {
    await using server = await MediaServer.start();
    await mkdir(at('secret'), { recursive: true });
    const secret = await makeMedia(at('secret/private.mp3'), ...tone(5));
    for (const target of [server.url('/spy.ts').href, secret, `file://${secret}`]) {
      const list = `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${target}\n#EXT-X-ENDLIST\n`;
      await writeFile(at(name), list);
      await expect(decode(at(name))).rejects.toMatchObject({ code: 'media.unreadable' });
    }
    expect(server.requests).toEqual([]);
  });

  test('neither can a concatenation script', async () => {
    await makeMedia(at('neighbour.mp3'), ...tone(5));
    await writeFile(at('script.mp3'), 'ffconcat version 1.0\nfile neighbour.mp3\n');
    await expect(decode(at('script.mp3'))).rejects.toMatchObject({ code: 'media.unreadable' });
  });
});

describe('cancelling', () => {
  test('ends ffmpeg at once and reports a cancellation', async () => {
    const input = await makeMedia(at('hour.flac'), ...tone(3600, 16_000));
    const controller = new AbortController();
    const output = at('cancelled.pcm');
    const decoding = decodeToPcm({
      input,
      output,
      ffmpegPath: ffmpeg,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(decoding).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => processesNaming(input)).toEqual([]);
    expect((await stat(output)).size).toBeLessThan(2 * 16_000 * 3600);
  });

  test('before the start nothing is run', async () => {
    const input = await makeMedia(at('short.wav'), ...tone(1));
    const request = {
      input,
      output: at('no.pcm'),
      ffmpegPath: ffmpeg,
      signal: AbortSignal.abort(),
    };
    await expect(decodeToPcm(request)).rejects.toMatchObject({ code: 'cancelled' });
    await expect(stat(at('no.pcm'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

/** Command lines of running processes that name a file; Linux only, where the tests run. */
async function processesNaming(file: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(file));
}
