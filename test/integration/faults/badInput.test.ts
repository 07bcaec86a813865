import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { IngestEvent, IngestResult } from '../../../src/protocol/ingest.ts';
import type { Ledger } from '../../../src/protocol/transcript.ts';
import { libraryFaults } from '../helpers/library.ts';
import { type Folder, speech, temporaryFolder } from '../helpers/places.ts';
import { failureOf, ingest, jsonLines, runCli } from '../helpers/realCli.ts';
import { wordErrorRate } from '../helpers/words.ts';

const HARD = speech('hard');
const Truth = z.record(
  z.string(),
  z.looseObject({ text: z.string().optional(), wholeText: z.string().optional() }),
);

let folder: Folder;
let home: string;
beforeAll(() => {
  folder = temporaryFolder();
  home = join(folder.path, 'home');
});
afterAll(() => folder[Symbol.dispose]());

interface Expected {
  /** Largest share of wrong words against the truth. */
  readonly wordErrors?: number;
  /** How the text begins where only a part can be decoded. */
  readonly begins?: string;
  readonly silent?: true;
  readonly seconds?: number;
  readonly notices?: readonly string[];
  readonly error?: { readonly code: string; readonly exit: number };
}

const BAD = (code: string): Expected => ({ error: { code, exit: 6 } });
/** Each file of the hard fixtures, and what comes of it. */
const FILES: Readonly<Record<string, Expected>> = {
  'silence.flac': { silent: true, seconds: 5 },
  'music.opus': { silent: true, seconds: 10 },
  'telephone-8k.wav': { wordErrors: 0.1, seconds: 7.3 },
  'surround-5.1.flac': { wordErrors: 0.2, seconds: 2 },
  'clipped-u8.wav': { wordErrors: 0.5, seconds: 3.46 },
  'one-word.flac': { wordErrors: 0, seconds: 0.6 },
  'french.opus': { seconds: 10.06, notices: ['language'] },
  'truncated.ogg': {
    begins: 'In short, the period was so far like the present',
    seconds: 6.2,
    notices: ['media.truncated'],
  },
  'truncated-faststart.mp4': {
    begins: 'In short, the period was so far like the present',
    seconds: 5.7,
    notices: ['media.truncated'],
  },
  'truncated-no-index.mp4': BAD('media.truncated'),
  'video-only.mp4': BAD('media.no-audio'),
  'empty.wav': BAD('media.empty'),
  'text-not-audio.mp3': BAD('media.unreadable'),
};

describe('awkward media', () => {
  const names = readdirSync(HARD).filter((name) => name !== 'truth.json');
  let events: readonly IngestEvent[];
  let truth: z.infer<typeof Truth>;

  beforeAll(async () => {
    truth = Truth.parse(JSON.parse(readFileSync(join(HARD, 'truth.json'), 'utf8')));
    const outcome = await ingest(
      names.map((name) => join(HARD, name)),
      { home },
    );
    // Some of several failed, and did not stop the rest.
    expect(outcome.code).toBe(3);
    events = outcome.events;
  });

  const endOf = (name: string) => {
    const source = join(HARD, name);
    return events.find(
      (event) =>
        (event.type === 'result' && event.transcript.source === source) ||
        (event.type === 'failed' && event.source === source),
    );
  };

  it('has an expectation for every file', () => {
    expect(Object.keys(FILES).sort()).toEqual(names.sort());
  });

  it.each(Object.keys(FILES))('%s', async (name) => {
    const expected = FILES[name] ?? {};
    const end = endOf(name);
    if (expected.error !== undefined) {
      expect(end).toMatchObject({ type: 'failed', error: { code: expected.error.code } });
      const alone = await ingest([join(HARD, name)], { home });
      const { code, exit, message, action } = failureOf(alone);
      expect({ code, exit }).toEqual(expected.error);
      expect(message).not.toBe('');
      expect(action).not.toBe('');
      return;
    }
    if (end?.type !== 'result') throw new Error(`It ended with ${JSON.stringify(end)}`);
    const { segments, durationSeconds, languageWarning, language } = end.transcript;
    const heard = segments.map(({ text }) => text).join(' ');
    expect(durationSeconds).toBeCloseTo(expected.seconds ?? 0, 1);
    expect(noticesOf(end)).toEqual(expected.notices ?? []);
    expect(languageWarning !== null).toBe(expected.notices?.includes('language') ?? false);
    expect(language).toBe(languageWarning === null ? 'en' : 'und');
    const { text = '' } = truth[name] ?? {};
    if (expected.silent) expect(segments).toEqual([]);
    else expect(segments.length).toBeGreaterThan(0);
    if (expected.wordErrors !== undefined) {
      expect(wordErrorRate(heard, text), heard).toBeLessThanOrEqual(expected.wordErrors);
    }
    if (expected.begins !== undefined) {
      const begin = heard.slice(0, expected.begins.length);
      expect(wordErrorRate(begin, expected.begins), heard).toBeLessThanOrEqual(0.1);
    }
    expectClosed(end);
  });

  function noticesOf({ id }: IngestResult): string[] {
    return events.flatMap((event) =>
      event.type === 'notice' && event.id === id && event.level === 'warning' ? [event.code] : [],
    );
  }

  it('ends well alone where there is nothing to hear', async () => {
    const fresh = { home: join(folder.path, 'silence') };
    const { code, last } = await ingest([join(HARD, 'silence.flac')], fresh);
    expect(code).toBe(0);
    if (last?.type !== 'result') throw new Error('not a result');
    expect(last.ledger.audio.buckets.find(({ name }) => name === 'non-speech')?.percent).toBe(100);
    for (const format of ['md', 'txt', 'srt', 'vtt', 'rttm', 'json']) {
      const shown = await runCli(['show', last.id, '--format', format], fresh);
      expect(shown, format).toMatchObject({ code: 0, stderr: '' });
    }
  });
});

describe('names of files', () => {
  const NAMES = [
    `it's "quoted" \`name\`.flac`,
    '  two  spaces  .flac',
    'new\nline.flac',
    '-dash.flac',
    '--exec=touch pwned.flac',
    '$(touch pwned);&|.flac',
    '会議 🎙️ naïve é.flac',
    '100% #1?.flac',
    'file:local.flac',
    '\u001b[31mred\u0007.flac',
    `${'long'.repeat(62)}.flac`,
    'no extension',
  ];

  it('may hold anything', async () => {
    const cwd = join(folder.path, 'names');
    mkdirSync(cwd);
    for (const name of NAMES) copyFileSync(join(HARD, 'one-word.flac'), join(cwd, name));
    const surroundings = { home: join(folder.path, 'names-home'), cwd };
    const outcome = await ingest(['--', ...NAMES], surroundings);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    const results = outcome.events.filter((event) => event.type === 'result');
    expect(results.map(({ transcript }) => basename(transcript.source))).toEqual(NAMES);
    for (const { transcript } of results) {
      expect(transcript.segments.map(({ text }) => text)).toEqual(['One.']);
      expect(transcript.title).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }
    expect(existsSync(join(cwd, 'pwned'))).toBe(false);
    expect(existsSync(join(cwd, 'pwned.flac'))).toBe(false);

    const listed = await runCli(['list'], surroundings);
    expect(listed.stdout.trimEnd().split('\n')).toHaveLength(NAMES.length + 1);
    expect(listed.stdout).not.toContain('\u001b');
    expect(libraryFaults(surroundings.home)).toEqual([]);
  });
});

describe('sources that are none', () => {
  it.each([
    ['a folder', '.', 'source.not-a-file', 2],
    ['an endless device', '/dev/zero', 'source.not-a-file', 2],
    ['a file: address', 'file:///etc/passwd', 'source.unsupported-scheme', 2],
    ['a javascript: address', 'javascript:alert(1)', 'source.unsupported-scheme', 2],
    ['a data: address', 'data:audio/wav;base64,UklGRg==', 'source.unsupported-scheme', 2],
    ['another scheme', 'ftp://host.invalid/a.mp3', 'source.unsupported-scheme', 2],
    ['an address without a host', 'http://', 'source.invalid-url', 2],
    ['an address with a password', 'https://a:b@host.invalid/x.mp3', 'source.credentials', 2],
    [
      'an address with a line break',
      'https://host.invalid/\n--exec=x',
      'source.control-characters',
      2,
    ],
    ['an option', '--exec=touch pwned', 'source.option-like', 2],
    ['another option', '-o/etc/passwd', 'source.option-like', 2],
    ['only spaces', '   ', 'usage', 2],
    ['a file that is not there', 'nothing-here.wav', 'source.not-found', 4],
    ['a file below a file', '/etc/passwd/talk.wav', 'source.not-found', 4],
    ['a name longer than names can be', 'x'.repeat(5000), 'source.not-found', 4],
  ])('%s', async (_what, source, code, exit) => {
    const sourceHome = join(folder.path, 'none');
    const ended = await runCli(['ingest', '--json', '--', source], {
      home: sourceHome,
      cwd: folder.path,
    });
    expect(ended.code).toBe(exit);
    const last = jsonLines(ended.stdout).at(-1);
    expect(last).toMatchObject({ type: 'failed', error: { code } });
    expect(existsSync(join(folder.path, 'pwned'))).toBe(false);
  });

  it('leaves nothing of them in the library', async () => {
    const { stdout } = await runCli(['list', '--json'], { home: join(folder.path, 'none') });
    expect(jsonLines(stdout)).toEqual([{ type: 'result', command: 'list', count: 0 }]);
  });

  it('takes what looks like an option for one without the two dashes', async () => {
    const ended = await runCli(['ingest', '--exec=touch pwned', '--json'], { home });
    expect(ended.code).toBe(2);
    expect(jsonLines(ended.stdout).at(-1)).toMatchObject({ error: { code: 'usage' } });
  });
});

describe('a file that changes', () => {
  it('is another recording then', async () => {
    const file = join(folder.path, 'changing.flac');
    copyFileSync(join(HARD, 'one-word.flac'), file);
    const first = await ingest([file], { home });
    const again = await ingest([file], { home });
    expect(again.last).toMatchObject({ type: 'result', cached: true });
    await execa('cp', [join(HARD, 'surround-5.1.flac'), file]);
    const changed = await ingest([file], { home });
    expect(changed.last).toMatchObject({ type: 'result', cached: false });
    if (first.last?.type !== 'result' || changed.last?.type !== 'result') throw new Error('failed');
    expect(changed.last.id).toBe(first.last.id);
    expect(changed.last.transcript.segments[0]?.text).toMatch(/season of light/);
  });
});

function expectClosed({ ledger }: IngestResult): void {
  const percent = ({ buckets }: Ledger) =>
    Math.round(buckets.reduce((sum, bucket) => sum + bucket.percent, 0) * 100);
  expect(percent(ledger.audio)).toBe(100_00);
  expect(percent(ledger.embeddings)).toBe(ledger.embeddings.total === 0 ? 0 : 100_00);
  for (const { buckets, total } of [ledger.audio, ledger.embeddings]) {
    expect(buckets.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(total, 6);
  }
}
