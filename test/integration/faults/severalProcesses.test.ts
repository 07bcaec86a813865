import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { existsSync } from 'node:fs';
import { libraryContent, libraryFaults } from '../helpers/library.ts';
import { type Folder, speech, temporaryFolder } from '../helpers/places.ts';
import { HAS_PROC, untilGone } from '../helpers/processes.ts';
import {
  errorOf,
  failureOf,
  ingest,
  jsonLines,
  outcomeOf,
  resultOf,
  runCli,
  RunningCli,
} from '../helpers/realCli.ts';

const LONG = speech('two-speakers.opus');
const SHORT = speech('hard/one-word.flac');

let folder: Folder;
let reference: ReturnType<typeof libraryContent>;
let id: string;
beforeAll(async () => {
  folder = temporaryFolder();
  const home = join(folder.path, 'reference');
  id = resultOf(await ingest([LONG], { home })).id;
  reference = libraryContent(home);
});
afterAll(() => folder[Symbol.dispose]());

describe('two processes', () => {
  it('do not work on the same video at once', async () => {
    const home = join(folder.path, 'same');
    const first = new RunningCli(['ingest', '--json', LONG], { home });
    await first.said('"started"');
    const second = await ingest([LONG], { home });
    const failure = failureOf(second);
    expect(failure).toMatchObject({ code: 'library.busy', exit: 1 });
    expect(failure.message).toContain(String(first.pid));
    expect(errorOf(await runCli(['remove', id, '--json'], { home })).code).toBe('library.busy');
    expect(first.running, 'the first was still at work').toBe(true);
    const { stdout } = await runCli(['list', '--json'], { home });
    expect(jsonLines(stdout)[0]).toMatchObject({ type: 'video', id, state: 'ingesting' });
    expect(resultOf(outcomeOf(await first.ended)).cached).toBe(false);
    expect(libraryContent(home)).toEqual(reference);
    expect(libraryFaults(home)).toEqual([]);
  });

  it('may start in the same instant on one video in a library that is not there yet', async () => {
    const home = join(folder.path, 'instant');
    const all = await Promise.all(Array.from({ length: 5 }, () => ingest([SHORT], { home })));
    const made = all.filter(({ last }) => last?.type === 'result' && !last.cached);
    expect(made).toHaveLength(1);
    for (const outcome of all) {
      if (outcome.last?.type === 'result') expect(outcome.code).toBe(0);
      else expect(failureOf(outcome)).toMatchObject({ code: 'library.busy', exit: 1 });
    }
    expect(libraryContent(home)?.counts).toEqual([
      { segments: 1, meanings: 1, words: 1, claims: 0 },
    ]);
    expect(libraryFaults(home)).toEqual([]);
  });

  it('work on different videos of one library side by side', async () => {
    const home = join(folder.path, 'different');
    const sources = [LONG, SHORT, speech('hard/telephone-8k.wav')];
    const all = await Promise.all(sources.map((source) => ingest([source], { home })));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(all.map((outcome) => resultOf(outcome).transcript.source)).toEqual(sources);
    const content = libraryContent(home);
    expect(content?.results).toHaveLength(3);
    expect(content?.segments.filter(({ video_id }) => video_id === id)).toEqual(
      reference?.segments,
    );
    expect(libraryFaults(home)).toEqual([]);
  });
});

describe.runIf(HAS_PROC)('a stop signal', () => {
  it.each([
    ['SIGINT', 'to the process'],
    ['SIGTERM', 'to the process'],
    ['SIGHUP', 'to the process'],
    ['SIGINT', 'to all, as a terminal sends it,'],
  ] as const)('%s %s cancels; the next ingest goes on', async (signal, how) => {
    const home = join(folder.path, `${signal} ${how}`);
    const cli = new RunningCli(['ingest', '--json', LONG], { home });
    await cli.said('"stage":"voice","state":"running"');
    if (how === 'to the process') cli.kill(signal);
    else cli.killGroup(signal);
    const cancelled = outcomeOf(await cli.ended);
    expect(cancelled.code).toBe(130);
    expect(cancelled.last).toEqual({ type: 'cancelled', id, source: LONG });
    await untilGone(cli.pid, 5);
    const { stdout } = await runCli(['list', '--json'], { home });
    expect(jsonLines(stdout)[0]).toMatchObject({ type: 'video', id, state: 'cancelled' });
    expect(libraryContent(home)?.segments).toEqual([]);
    expect(resultOf(await ingest([LONG], { home })).cached).toBe(false);
    expect(libraryContent(home)).toEqual(reference);
    expect(existsSync(homeLayout(home).pcm(id))).toBe(false);
  });

  it('while the audio is still decoded leaves no ffmpeg behind', async () => {
    const home = join(folder.path, 'decoding');
    const cli = new RunningCli(['ingest', '--json', speech('long-source.opus')], { home });
    await cli.said('"stage":"decode","state":"running"');
    cli.kill('SIGTERM');
    expect((await cli.ended).code).toBe(130);
    await untilGone(cli.pid, 5);
  });
});
