import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IngestResult } from '../../../src/protocol/ingest.ts';
import { libraryContent, libraryFaults, publishedContent } from '../helpers/library.ts';
import { copyPackage } from '../helpers/packageCopy.ts';
import { type Folder, speech, temporaryFolder } from '../helpers/places.ts';
import { HAS_PROC, inferenceOf, untilGone } from '../helpers/processes.ts';
import {
  errorOf,
  failureOf,
  ingest,
  outcomeOf,
  resultOf,
  runCli,
  RunningCli,
} from '../helpers/realCli.ts';
import { until } from '../helpers/until.ts';

const SOURCE = speech('two-speakers.opus');
const SHORT = speech('hard/telephone-8k.wav');

let folder: Folder;
let reference: ReturnType<typeof libraryContent>;
let shortReference: ReturnType<typeof libraryContent>;
let result: IngestResult;
beforeAll(async () => {
  folder = temporaryFolder();
  const home = join(folder.path, 'reference');
  result = resultOf(await ingest([SOURCE], { home }));
  reference = libraryContent(home);
  const shortHome = join(folder.path, 'short');
  resultOf(await ingest([SHORT], { home: shortHome }));
  shortReference = libraryContent(shortHome);
});
afterAll(() => folder[Symbol.dispose]());

describe.runIf(HAS_PROC)('an inference process that dies at work', () => {
  it.each(['SIGKILL', 'SIGSEGV'] as const)('of %s costs nothing', async (signal) => {
    const home = join(folder.path, signal);
    const cli = new RunningCli(['ingest', '--json', SOURCE], { home });
    await cli.said('"stage":"voice","state":"running"');
    const victim = await until('an inference process lives', () => inferenceOf(cli.pid).at(0));
    process.kill(victim.pid, signal);
    const outcome = outcomeOf(await cli.ended);
    expect(resultOf(outcome).cached).toBe(false);
    expect(libraryContent(home)).toEqual(reference);
    await untilGone(cli.pid);
  });

  it('again and again ends in an error that can be resumed from', async () => {
    const home = join(folder.path, 'again');
    const cli = new RunningCli(['ingest', '--json', SOURCE], { home });
    await cli.said('"stage":"voice","state":"running"');
    const ended = cli.ended.then(() => true);
    const killing = until('the ingest has given up', () => {
      for (const { pid } of inferenceOf(cli.pid)) killIfAlive(pid);
      return !cli.running;
    });
    await Promise.all([ended, killing]);
    const failure = failureOf(outcomeOf(await cli.ended));
    expect(failure).toMatchObject({ code: 'inference.crashed', exit: 1 });
    expect(failure.action).toMatch(/run it again/);
    await untilGone(cli.pid);
    const shown = await runCli(['show', result.id, '--json'], { home });
    expect(errorOf(shown).code).toBe('library.not-published');
    expect(resultOf(await ingest([SOURCE], { home })).cached).toBe(false);
    expect(libraryContent(home)).toEqual(reference);
  });
});

describe('a task that always crashes its process', () => {
  it('of recognition loses the one clip that crashes, and says so', async () => {
    // The crash is tied to a sample of the third segment, whichever batch it comes in.
    const [, , third] = result.transcript.segments;
    if (third === undefined) throw new Error('The recording has too few segments.');
    const sample = Math.round(((third.start + third.end) / 2) * 16_000);
    const packageFolder = crashingPackage(
      'one-clip',
      `task.type === 'recognise' && task.clips.some((c) => c.start <= ${sample} && ${sample} < c.end)`,
    );
    const home = join(folder.path, 'one-clip-home');
    const crashed = resultOf(await ingest([SOURCE], { home, packageFolder }));
    const { segments } = crashed.transcript;
    const inClip = (start: number, end: number) => start < third.end && end > third.start;
    expect(segments.filter(({ start, end }) => inClip(start, end))).toEqual([]);
    expect(segments.length).toBe(result.transcript.segments.length - 1);
    const { buckets } = crashed.ledger.audio;
    const lost = buckets.find(({ reason }) => reason === 'inference-crashed');
    expect(lost?.name).toBe('speech dropped');
    expect(lost?.amount).toBeGreaterThanOrEqual(third.end - third.start - 0.5);
    expect(Math.round(buckets.reduce((sum, { percent }) => sum + percent, 0) * 100)).toBe(100_00);
    const recognise = crashed.stages.find(({ stage }) => stage === 'recognise');
    expect(recognise?.dropped).toEqual({ 'inference-crashed': 1 });
    expect(libraryFaults(home)).toEqual([]);

    // The lost clip is not forgotten: recognising again with a process that lives gives all of it.
    const again = await runCli(['rerun', result.id, '--from', 'recognise', '--json'], { home });
    expect(publishedContent(again.stdout.trimEnd().split('\n').at(-1) ?? '')).toEqual(
      reference?.results[0],
    );
  });

  it.each(['segment', 'voice', 'embed', 'cluster'])(
    'of the kind %s is an error that can be resumed from',
    async (type) => {
      const packageFolder = crashingPackage(type, `task.type === '${type}'`);
      const home = join(folder.path, `${type}-home`);
      const failure = failureOf(await ingest([SHORT], { home, packageFolder }));
      expect(failure).toMatchObject({ code: 'inference.crashed', exit: 1 });
      expect(failure.message).toContain(type);
      expect(libraryContent(home)?.results).toEqual([]);
      const [video] = libraryContent(home)?.videos ?? [];
      expect(video).toMatchObject({ state: 'failed', error_code: 'inference.crashed' });
      expect(resultOf(await ingest([SHORT], { home })).cached).toBe(false);
      expect(libraryContent(home)).toEqual(shortReference);
    },
  );
});

/** A package whose inference processes die of a fault in native code when a task fits the condition. */
function crashingPackage(name: string, condition: string): string {
  const packageFolder = copyPackage(join(folder.path, `${name}-package`));
  const entry = join(packageFolder, 'dist', 'inference.cjs');
  renameSync(entry, join(packageFolder, 'dist', 'sound.cjs'));
  writeFileSync(
    entry,
    `process.on('message', ({ task }) => {
      if (${condition}) process.kill(process.pid, 'SIGSEGV');
    });
    require('./sound.cjs');`,
  );
  return packageFolder;
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself since it was seen.
  }
}
