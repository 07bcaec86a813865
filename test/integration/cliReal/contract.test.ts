import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  DoctorCheck,
  ModelInfo,
  SearchHit,
  TargetInfo,
  VideoSummary,
} from '../../../src/protocol/library.ts';
import type { IngestResult } from '../../../src/protocol/ingest.ts';
import { STAGE_IDS, type StageId } from '../../../src/protocol/stage.ts';
import { Transcript } from '../../../src/protocol/transcript.ts';
import { libraryFaults, storedUnits, workedUnits } from '../helpers/library.ts';
import { builtCli, type Folder, speech, temporaryFolder } from '../helpers/places.ts';
import {
  errorOf,
  failureOf,
  ingest,
  type IngestOutcome,
  jsonLines,
  rerun,
  resultOf,
  runCli,
} from '../helpers/realCli.ts';

let folder: Folder;
let home: string;
let source: string;
let first: IngestOutcome;
let result: IngestResult;
let id: string;
let units: string[];
const cli = (...args: string[]) => runCli(args, { home });

beforeAll(async () => {
  folder = temporaryFolder();
  home = join(folder.path, 'home');
  source = join(folder.path, 'Three speakers.opus');
  copyFileSync(speech('three-speakers.opus'), source);
  first = await ingest([source], { home });
  result = resultOf(first);
  id = result.id;
  units = storedUnits(home);
});
afterAll(() => folder[Symbol.dispose]());

const statesOf = ({ stages }: IngestResult) =>
  Object.fromEntries(stages.map(({ stage, state }) => [stage, state]));
const stagesWith = (repeated: readonly StageId[]) =>
  Object.fromEntries(
    STAGE_IDS.map((stage) => [stage, repeated.includes(stage) ? 'done' : 'cached']),
  );
const textOf = ({ transcript }: IngestResult) =>
  transcript.segments.map(({ text }) => text).join(' ');
/** Stages that units were worked on in. */
const worked = async (outcome: IngestOutcome) => [
  ...new Set((await workedUnits(outcome, { home })).map((unit) => unit.split(' ')[0])),
];

describe('ingest --json', () => {
  it('writes one event a line to stdout, the result last, and nothing to stderr', () => {
    expect(first.stderr).toBe('');
    expect(first.events[0]).toMatchObject({
      type: 'started',
      id,
      source,
      title: 'Three speakers.opus',
    });
    expect(first.events.filter(({ type }) => type === 'result')).toHaveLength(1);
    expect(first.last).toBe(result);
    expect(Object.keys(result).slice(0, 6)).toEqual([
      ...['type', 'id', 'runId', 'transcript', 'ledger', 'stages'],
    ]);
  });

  it('tells of every stage, and of one load of the audio', () => {
    expect(result.stages.map(({ stage }) => stage)).toEqual([...STAGE_IDS]);
    expect(statesOf(result)).toEqual(stagesWith(STAGE_IDS));
    const loads = result.stages.flatMap((stage) =>
      Object.entries(stage.loads).filter(([key]) => key.startsWith('audio:')),
    );
    expect(loads).toEqual([[`audio:${id}`, 1]]);
    for (const stage of STAGE_IDS) {
      const states = first.events.flatMap((event) =>
        event.type === 'stage' && event.stage === stage ? [event.state] : [],
      );
      expect(states, stage).toEqual(['running', 'done']);
    }
    const overall = first.events.flatMap((event) =>
      event.type === 'progress' ? [event.overallFraction ?? 0] : [],
    );
    expect(overall.length).toBeGreaterThan(3);
    expect(overall).toEqual([...overall].sort((a, b) => a - b));
  });

  it('finds everything cached the second time', async () => {
    const again = resultOf(await ingest([source], { home }));
    expect(again).toMatchObject({ cached: true, realTimeFactor: null });
    expect(again.transcript).toEqual(result.transcript);
    expect(statesOf(again)).toEqual(stagesWith([]));
  });
});

describe('ingest for a person', () => {
  it('writes the transcript to stdout and all else to stderr', async () => {
    const short = speech('hard/one-word.flac');
    const { code, stdout, stderr } = await runCli(['ingest', short], {
      home: join(folder.path, 'person'),
    });
    expect(code).toBe(0);
    expect(stdout).toBe('one-word\n\n[0:00] Speaker 1: One.\n');
    for (const words of ['Decode: done', 'speech transcribed', 'earshot show']) {
      expect(stderr).toContain(words);
    }
  });
});

describe('a reader that goes away', () => {
  it.each([
    ['show', () => `show ${id} | head -c 5`],
    ['show --json', () => `show ${id} --json | head -c 5`],
    ['report', () => `report ${id} --format chrome | head -c 5`],
    ['ingest --json', () => `ingest --force --json "${speech('hard/one-word.flac')}" | head -n 1`],
  ])('does not disturb %s', async (_what, command) => {
    const program = `"${process.execPath}" "${builtCli()}" ${command()}`;
    const { stderr, stdout, exitCode } = await execa('bash', ['-o', 'pipefail', '-c', program], {
      env: { EARSHOT_HOME: home },
      reject: false,
    });
    expect(stdout).not.toBe('');
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(libraryFaults(home)).toEqual([]);
  });
});

describe('show', () => {
  const show = async (format: string) => {
    const shown = await cli('show', id, '--format', format);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    return shown.stdout;
  };
  const spoken = () => result.transcript.segments.map(({ text }) => text.trim());
  const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

  it('json is the transcript', async () => {
    expect(Transcript.parse(JSON.parse(await show('json')))).toEqual(result.transcript);
  });

  it.each([
    ['srt', ',', (text: string) => text.replaceAll(/^Speaker \d: /gm, '')],
    ['vtt', '.', (text: string) => text.replaceAll(/<v [^>]+>|<\/v>/g, '')],
  ])('%s has all words in order, in cues that do not overlap', async (format, point, plain) => {
    const time = String.raw`(\d\d):(\d\d):(\d\d)${point === '.' ? String.raw`\.` : point}(\d{3})`;
    const cues = (await show(format)).split(/\n\n+/).flatMap((block) => {
      const found = new RegExp(`^${time} --> ${time}.*\\n([^]*)$`, 'm').exec(block);
      if (found === null) return [];
      const [h1, m1, s1, f1, h2, m2, s2, f2] = found.slice(1, 9).map(Number);
      const seconds = (h = 0, m = 0, s = 0, f = 0) => h * 3600 + m * 60 + s + f / 1000;
      return [{ start: seconds(h1, m1, s1, f1), end: seconds(h2, m2, s2, f2), text: found[9] }];
    });
    expect(cues.length).toBeGreaterThanOrEqual(result.transcript.segments.length);
    let before = 0;
    for (const { start, end } of cues) {
      expect(start).toBeGreaterThanOrEqual(before - 0.0005);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(result.transcript.durationSeconds + 0.001);
      before = start;
    }
    const words = squeezed(cues.map(({ text = '' }) => plain(text)).join(' '));
    expect(words.replaceAll('&amp;', '&')).toBe(squeezed(spoken().join(' ')));
  });

  it('srt counts its cues, vtt names its speakers', async () => {
    const numbers = (await show('srt')).match(/^\d+(?=\r?\n\d\d:)/gm)?.map(Number) ?? [];
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    const vtt = await show('vtt');
    expect(vtt).toMatch(/^WEBVTT\n/);
    const speakers = new Set([...vtt.matchAll(/<v ([^>]+)>/g)].map(([, name]) => name));
    expect(speakers).toEqual(new Set(result.transcript.speakers.map(({ name }) => name)));
  });

  it('rttm has a line for every turn', async () => {
    const lines = (await show('rttm')).trimEnd().split('\n');
    const turns = lines.map((line) => {
      const fields = line.split(' ');
      expect(fields).toHaveLength(10);
      expect(fields[0]).toBe('SPEAKER');
      return { start: Number(fields[3]), seconds: Number(fields[4]), speaker: fields[7] };
    });
    expect(turns.map(({ start }) => start)).toEqual(
      result.transcript.turns?.map(({ start }) => start),
    );
    for (const { seconds } of turns) expect(seconds).toBeGreaterThan(0);
    expect(new Set(turns.map(({ speaker }) => speaker)).size).toBe(3);
  });

  it.each(['md', 'txt'])('%s has every segment', async (format) => {
    const text = squeezed(await show(format));
    for (const words of spoken()) expect(text).toContain(squeezed(words));
    expect(text).toContain('Speaker 3');
  });

  it('--json gives the result, and takes the beginning of an id', async () => {
    const { stdout } = await cli('show', id.slice(0, 5), '--json');
    expect(jsonLines(stdout)).toMatchObject([
      { type: 'result', id, transcript: result.transcript },
    ]);
  });
});

describe('search', () => {
  it('finds words, with the last one begun', async () => {
    const { stdout, code } = await cli('search', 'wisd', '--json');
    const lines = jsonLines(stdout);
    const hit = SearchHit.parse(lines[0]);
    expect(hit).toMatchObject({ videoId: id, snippet: expect.stringContaining('[wisdom') });
    expect(result.transcript.segments[hit.segment]?.text).toBe(hit.text);
    expect(lines.at(-1)).toMatchObject({
      type: 'result',
      command: 'search',
      count: lines.length - 1,
    });
    expect(code).toBe(0);
  });

  it('finds a meaning without its words', async () => {
    const { stdout } = await cli('search', '--semantic', '-n', '3', '--json', 'being taped');
    const hits = jsonLines(stdout)
      .slice(0, -1)
      .map((line) => SearchHit.parse(line));
    expect(hits).toHaveLength(3);
    expect(hits.map(({ text }) => text).join(' ')).toMatch(/recorded/);
    expect(hits.map(({ score }) => score)).toEqual(
      hits.map(({ score }) => score).sort((a, b) => b - a),
    );
  });

  it.each(['" OR NEAR(', "'; DROP TABLE segments; --", '*', 'a AND', '{}:^'])(
    'takes %s for words',
    async (words) => {
      const { code, stdout } = await cli('search', '--json', '--', words);
      expect(code).toBe(0);
      expect(jsonLines(stdout).at(-1)).toMatchObject({ type: 'result', command: 'search' });
    },
  );

  it('says when there is nothing', async () => {
    const { code, stdout, stderr } = await cli('search', 'xylophone');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('Nothing was found');
  });
});

describe('what is about the machine', () => {
  it.each([
    ['doctor', 'check', DoctorCheck],
    ['targets', 'target', TargetInfo],
    ['models list', 'model', ModelInfo],
    ['list', 'video', VideoSummary],
  ] as const)('%s --json keeps to its schema', async (command, type, schema) => {
    const { code, stdout, stderr } = await cli(...command.split(' '), '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = jsonLines(stdout).map((line) => z.looseObject({ type: z.string() }).parse(line));
    const last = lines.pop();
    expect(last).toMatchObject({ type: 'result', command });
    expect(lines.length).toBeGreaterThan(0);
    for (const { type: found, ...line } of lines) {
      expect(found).toBe(type);
      expect(z.strictObject(schema.shape).safeParse(line).error).toBeUndefined();
    }
    const text = await cli(...command.split(' '));
    expect(text.code).toBe(0);
    expect(text.stdout.trim().split('\n').length).toBeGreaterThanOrEqual(lines.length);
  });

  it('report exports the run as JSON of its formats', async () => {
    for (const format of ['otlp', 'chrome']) {
      const { code, stdout } = await cli('report', id, '--format', format);
      expect(code).toBe(0);
      const parsed: unknown = JSON.parse(stdout);
      expect(parsed, format).toHaveProperty(format === 'otlp' ? 'resourceSpans' : 'traceEvents');
    }
    expect((await cli('report', id)).stdout).toMatch(/\| recognise +\| done/);
  });
});

describe('rerun', () => {
  it('--only diarise --speakers changes the speakers and nothing before', async () => {
    const two = await rerun([id, '--only', 'diarise', '--speakers', '2'], { home });
    expect(statesOf(resultOf(two))).toEqual(stagesWith(['diarise', 'publish']));
    expect(resultOf(two).transcript.speakers).toHaveLength(2);
    expect((await worked(two)).filter((stage) => stage !== 'embed')).toEqual(['diarise']);
    const words = (text: string) => text.toLowerCase().match(/[a-z']+/g);
    expect(words(textOf(resultOf(two)))).toEqual(words(textOf(result)));
    const range = await rerun([id, '--only', 'diarise', '--speakers', '3..4'], { home });
    expect(resultOf(range).transcript).toEqual(result.transcript);
  });

  it('--only recognise recognises again, with the same words', async () => {
    const again = await rerun([id, '--only', 'recognise'], { home });
    expect(resultOf(again).transcript).toEqual(result.transcript);
    expect(await worked(again)).toContain('recognise');
    expect(await worked(again)).not.toContain('voice');
    expect(await worked(again)).not.toContain('segment');
    expect(statesOf(resultOf(again))).toMatchObject({
      ...{ download: 'cached', segment: 'cached', voice: 'cached' },
      ...{ recognise: 'done', publish: 'done' },
    });
  });

  it('--from voice does all after it again, and nothing before but decoding', async () => {
    const again = await rerun([id, '--from', 'voice'], { home });
    expect(resultOf(again).transcript).toEqual(result.transcript);
    const repeated = ['decode', ...STAGE_IDS.slice(STAGE_IDS.indexOf('voice'))] as StageId[];
    expect(statesOf(resultOf(again))).toEqual(stagesWith(repeated));
    expect(await worked(again)).toEqual(['diarise', 'embed', 'recognise', 'voice']);
  });

  it('--only publish works on no unit', async () => {
    const again = await rerun([id, '--only', 'publish'], { home });
    expect(statesOf(resultOf(again))).toEqual(stagesWith(['publish']));
    expect(await worked(again)).toEqual([]);
    expect(resultOf(again).transcript).toEqual(result.transcript);
  });

  it('ingest --force does everything again', async () => {
    const forced = await ingest(['--force', source], { home });
    expect(resultOf(forced)).toMatchObject({ cached: false, transcript: result.transcript });
    expect(resultOf(forced).ledger).toEqual(result.ledger);
    expect(statesOf(resultOf(forced))).toEqual(stagesWith(STAGE_IDS));
    expect(await workedUnits(forced, { home })).toEqual(units);
  });

  it.each([
    [['rerun', 'feedbeef0000'], 'library.not-found', 4],
    [['rerun', ''], 'library.not-found', 4],
    [['rerun', 'ID', '--only', 'nonsense'], 'usage', 2],
    [['rerun', 'ID', '--only', 'voice', '--from', 'embed'], 'usage', 2],
    [['rerun', 'ID', '--speakers', '4..2'], 'usage', 2],
    [['show', 'feedbeef0000'], 'library.not-found', 4],
    [['show', 'ID', '--format', 'pdf'], 'usage', 2],
    [['report', 'feedbeef0000'], 'library.not-found', 4],
    [['remove', 'feedbeef0000'], 'library.not-found', 4],
    [['models', 'get', 'nonsense'], 'model.unknown', 4],
    [['ingest', 'SOURCE', '--model', 'nonsense'], 'model.unknown', 4],
    [['ingest', 'SOURCE', '--model', 'minilm-l6'], 'model.wrong-task', 7],
    [['ingest'], 'usage', 2],
    [['nonsense'], 'usage', 2],
  ] as const)('%j fails with %s', async (args, code, exit) => {
    const named = args.map((arg) => (arg === 'ID' ? id : arg === 'SOURCE' ? source : arg));
    const ended = await cli(...named, '--json');
    expect({ code: errorOf(ended).code, exit: ended.code }).toEqual({ code, exit });
  });
});

describe('several sources', () => {
  it('are ingested each, whatever becomes of the others', async () => {
    const sources = [speech('hard/empty.wav'), speech('hard/one-word.flac'), 'missing.wav'];
    const outcome = await ingest(sources, { home: join(folder.path, 'several') });
    expect(outcome.code).toBe(3);
    const ends = outcome.events.filter(({ type }) => type === 'result' || type === 'failed');
    expect(ends.map(({ type }) => type)).toEqual(['failed', 'result', 'failed']);
  });

  it('that fail for one reason give its exit code', async () => {
    const sources = [speech('hard/empty.wav'), speech('hard/video-only.mp4')];
    const outcome = await ingest(sources, { home: join(folder.path, 'several') });
    expect(failureOf(outcome).exit).toBe(6);
  });
});

describe('remove', () => {
  it('takes everything of a video but its source', async () => {
    const removed = await cli('remove', id, '--json');
    expect(jsonLines(removed.stdout)).toMatchObject([
      { type: 'result', command: 'remove', video: { id } },
    ]);
    expect(removed.code).toBe(0);
    expect(existsSync(source)).toBe(true);
    expect((await cli('show', id)).code).toBe(4);
    expect((await cli('report', id)).code).toBe(4);
    const searched = await cli('search', 'wisdom', '--json');
    expect(jsonLines(searched.stdout)).toMatchObject([{ type: 'result', count: 0 }]);
    expect(libraryFaults(home)).toEqual([]);
    expect(storedUnits(home).length).toBeLessThan(10);
    expect((await cli('remove', id)).code).toBe(4);
  });
});
