import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  libraryContent,
  libraryFaults,
  publishedContent,
  storedUnits,
  workedUnits,
} from '../helpers/library.ts';
import { type Folder, speech, temporaryFolder } from '../helpers/places.ts';
import { HAS_PROC, inferenceOf, untilGone } from '../helpers/processes.ts';
import { seededRandom } from '../helpers/random.ts';
import { errorOf, outcomeOf, resultOf, runCli, RunningCli } from '../helpers/realCli.ts';

/** How often an ingest is killed; 20 is what a release has to show. */
const KILLS = Number(process.env['EARSHOT_KILLS'] ?? 6);
const SEED = Number(process.env['EARSHOT_SEED'] ?? 20_261);
/** Every so many kills it is an inference process instead of the whole. */
const INFERENCE_EVERY = 5;
const SOURCE = speech('three-speakers.opus');

let folder: Folder;
let id: string;
let reference: ReturnType<typeof libraryContent>;
let allUnits: string[];
/** When the lines of an undisturbed ingest came: the scale on which moments are drawn. */
let lineTimes: number[];
let endsAt: number;
const random = seededRandom(SEED);

beforeAll(async () => {
  folder = temporaryFolder();
  const home = join(folder.path, 'reference');
  const startedAt = performance.now();
  const cli = start(home);
  const outcome = outcomeOf(await cli.ended);
  endsAt = performance.now() - startedAt;
  lineTimes = cli.lines.map(({ at }) => at);
  id = resultOf(outcome).id;
  reference = libraryContent(home);
  allUnits = storedUnits(home);
  expect(libraryFaults(home)).toEqual([]);
  expect(await workedUnits(outcome, { home })).toEqual(allUnits);
  console.log(`seed ${SEED}, ${KILLS} kills, ${allUnits.length} units in ${endsAt.toFixed(0)} ms`);
});
afterAll(() => folder[Symbol.dispose]());

describe.runIf(HAS_PROC)('an ingest that is killed', () => {
  it.each(Array.from({ length: KILLS }, (_, i) => i + 1))(
    'ends with the same library content, kill %d',
    async (number) => {
      const inferenceOnly = number % INFERENCE_EVERY === 0;
      const home = await killedOnce(number, inferenceOnly);
      if (!inferenceOnly) {
        await expectNothingHalf(home);
        if (random() < 0.3) await killAgain(home);
        const stored = storedUnits(home);
        const resumed = outcomeOf(await start(home).ended);
        expect(resultOf(resumed).id).toBe(id);
        const missing = allUnits.filter((unit) => !stored.includes(unit));
        expect(await workedUnits(resumed, { home })).toEqual(missing);
      }
      expect(libraryContent(home)).toEqual(reference);
      expect(libraryFaults(home)).toEqual([]);
    },
  );
});

describe.runIf(HAS_PROC)('a transcript that was published', () => {
  it.each([
    ['rerun', ['rerun', '--json', 'ID', '--from', 'voice']],
    ['forced ingest', ['ingest', '--json', '--force', SOURCE]],
  ])('stays whole while a %s of it is killed', async (what, command) => {
    const home = join(folder.path, what);
    cpSync(join(folder.path, 'reference'), home, { recursive: true });
    const args = command.map((arg) => (arg === 'ID' ? id : arg));
    const cli = new RunningCli(args, { home });
    await cli.said('"stage":"recognise","state":"running"');
    cli.kill('SIGKILL');
    expect((await cli.ended).signal).toBe('SIGKILL');
    await untilGone(cli.pid);
    expect(libraryContent(home)?.results).toEqual(reference?.results);
    expect(libraryContent(home)?.segments).toEqual(reference?.segments);
    expect((await runCli(['show', id], { home })).code).toBe(0);
    const found = await runCli(['search', 'wisdom'], { home });
    expect(found.stdout).toContain('[wisdom]');
    expect(resultOf(outcomeOf(await start(home).ended)).cached).toBe(false);
    expect(libraryContent(home)).toEqual(reference);
    expect(libraryFaults(home)).toEqual([]);
  });
});

function start(home: string): RunningCli {
  return new RunningCli(['ingest', '--json', SOURCE], { home });
}

/** Starts ingests in new libraries until one of them was killed before its end, and gives that library. */
async function killedOnce(number: number, inferenceOnly: boolean): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const home = join(folder.path, `killed-${number}-${attempt}`);
    const moment = random() * endsAt;
    const cli = start(home);
    const hit = await atMoment(cli, moment, () =>
      inferenceOnly ? killInference(cli) : cli.child.kill('SIGKILL'),
    );
    const { code, signal } = await cli.ended;
    const what = inferenceOnly ? 'an inference process' : 'the process';
    console.log(
      `kill ${number}: ${what} at ${moment.toFixed(0)} of ${endsAt.toFixed(0)} ms: ` +
        `${hit ? (signal ?? `hit, ended with ${code}`) : 'there was nothing to kill'}, ` +
        `${storedUnits(home).length} of ${allUnits.length} units stored`,
    );
    await untilGone(cli.pid);
    if (hit && inferenceOnly) expect(code).toBe(0);
    if (hit && (inferenceOnly || signal === 'SIGKILL')) return home;
    // The draw was too late, or too early for an inference process: nothing was killed, so another is drawn.
    expect(attempt, 'draws without a kill').toBeLessThan(25);
  }
}

/** Kills the ingest that goes on where the killed one stopped, unless it ends before. */
async function killAgain(home: string): Promise<void> {
  const before = storedUnits(home);
  const cli = start(home);
  await atMoment(cli, random() * endsAt * 0.7, () => cli.child.kill('SIGKILL'));
  const { code, signal } = await cli.ended;
  await untilGone(cli.pid);
  const after = storedUnits(home);
  console.log(`  and again: ${signal ?? code}, ${after.length} of ${allUnits.length} units stored`);
  expect(after, 'what was stored stays').toEqual(expect.arrayContaining(before));
  await expectNothingHalf(home);
}

/**
 * Does it at a moment of the undisturbed ingest: so long after the line that came last before it. In this way a busy
 * machine shifts the moments with the work.
 */
async function atMoment(cli: RunningCli, moment: number, act: () => boolean): Promise<boolean> {
  const line = lineTimes.findLastIndex((at) => at <= moment);
  if (line >= 0 && !(await cli.line(line))) return false;
  await pause(moment - (lineTimes[line] ?? 0));
  return cli.running && act();
}

function killInference(cli: RunningCli): boolean {
  const processes = inferenceOf(cli.pid);
  const victim = processes[Math.floor(random() * processes.length)];
  if (victim === undefined) return false;
  process.kill(victim.pid, 'SIGKILL');
  return true;
}

/** At any time a transcript is complete or not there at all. */
async function expectNothingHalf(home: string): Promise<void> {
  const content = libraryContent(home);
  const shown = await runCli(['show', id, '--json'], { home });
  if (shown.code === 0) {
    expect(publishedContent(shown.stdout)).toEqual(reference?.results[0]);
    expect(content?.segments).toEqual(reference?.segments);
    expect(content?.speakers).toEqual(reference?.speakers);
  } else {
    expect(['library.not-published', 'library.not-found']).toContain(errorOf(shown).code);
    expect(content?.results ?? []).toEqual([]);
    expect(content?.segments ?? []).toEqual([]);
    expect(content?.speakers ?? []).toEqual([]);
  }
}
