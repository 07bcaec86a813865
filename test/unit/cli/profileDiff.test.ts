import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/commandLine.ts';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { RunBuilder } from '../../../src/profiler/model/runBuilder.ts';
import type { Run } from '../../../src/profiler/model/run.ts';
import { openLibraryAt } from '../../../src/store/library.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { FakeIo } from './fakeIo.ts';

const MS = 1e6;

/** Ten items, each of which loads, encodes and reads. */
function job(id: string, loadMs: number, cleanUp: boolean): Run {
  const builder = new RunBuilder({
    id,
    name: `job ${id}`,
    kind: 'trace',
    epochNs: 1_790_000_000_000_000_000n,
    provenance: { client: 'test', version: '1', format: 'test' },
  });
  const track = builder.track('main', 'thread');
  let at = 0;
  const add = (name: string, ms: number): void => {
    builder.addSpan({ name, startNs: at * MS, durationNs: ms * MS, track, parent: null });
    at += ms;
  };
  for (let item = 0; item < 10; item += 1) {
    add('load', item === 0 ? 50 : loadMs);
    add('encode', 100);
    at += 1;
  }
  if (cleanUp) add('clean up', 40);
  builder.addWork('read', { loads: { 'audio:talk.wav': loadMs > 0 ? 10 : 1 } });
  return builder.finish({ status: 'done' });
}

async function diff(...args: string[]): Promise<FakeIo & { code: number }> {
  using folder = temporaryHome();
  const home = folder.path;
  const { library: file } = homeLayout(home);
  const library = openLibraryAt(file);
  library.profiles.put(job('fast', 0, false));
  library.profiles.put(job('slow', 50, true));
  library.close();
  const io = new FakeIo();
  const code = await main(['--home', home, 'profile', 'diff', ...args], io, () => {
    throw new Error('The pipeline is not needed.');
  });
  return Object.assign(io, { code });
}

describe('profile diff', () => {
  it('tells what explains the difference, with bars that begin where the last one ended', async () => {
    const io = await diff('fast', 'slow');
    expect(io.code).toBe(0);
    const waterfall = io.stdout.lines.slice(3, 9);
    expect(waterfall.map((line) => line.replaceAll(/\s+/gu, ' '))).toEqual([
      'B takes +0.491 s (+46.4 %)',
      'A ████ 1.06 s',
      'load █████████████████████████ +0.450 s 91.6 %',
      'clean up ██ +40 ms 8.10 %',
      '(idle) █ +1 ms 0.200 %',
      'B ███████████████████████████████ 1.55 s',
    ]);
    expect(waterfall[3]?.indexOf('█')).toBe((waterfall[2]?.lastIndexOf('█') ?? 0) + 1);
    expect(io.stdout.text).toContain('1  10  read: loads:audio:talk.wav');
    expect(io.stdout.text).toContain('Only in B: 1 span\n');
    expect(io.stdout.text).toContain('20 spans are in both.');
  });

  it('gives the same as JSON', async () => {
    const io = await diff('fast', 'slow', '--json');
    const record = io.stdout.records.at(-1);
    expect(record).toMatchObject({
      type: 'result',
      totalDeltaMs: 491,
      pairs: 20,
      onlyInA: [],
      onlyInB: [{ name: 'clean up', count: 1, ms: 40 }],
      counters: [{ stage: 'read', counter: 'loads:audio:talk.wav', a: 1, b: 10 }],
    });
    const steps = record?.['waterfall'] as { deltaMs: number }[];
    expect(steps.reduce((sum, { deltaMs }) => sum + deltaMs, 0)).toBe(491);
    expect(record?.['explainedShare']).toBeCloseTo(1 - 1 / 491, 12);
  });

  it('says which run there is not', async () => {
    const io = await diff('fast', 'nothing');
    expect(io.code).toBe(4);
    expect(io.stderr.text).toContain('There is no run “nothing”.');
  });

  it.each(['/nope', './nope', 'nope.json', 'C:\\nope'])(
    'says that there is no file %s',
    async (name) => {
      const io = await diff(name, 'fast');
      expect(io.code).toBe(4);
      expect(io.stderr.text).toContain(`There is no file ${name}.`);
    },
  );

  it('sends nothing of a name to the terminal that would move the cursor', async () => {
    using folder = temporaryHome();
    const library = openLibraryAt(homeLayout(folder.path).library);
    const hostile = '\u001b]0;title\u0007\u001b[2J';
    for (const id of ['one', 'two']) {
      library.profiles.put({ ...job(id, id === 'one' ? 0 : 50, true), name: hostile }, hostile);
    }
    library.close();
    for (const args of [
      ['diff', 'one', 'two'],
      ['accept', 'one'],
      ['compare', 'one', 'two'],
    ]) {
      const io = new FakeIo();
      const code = await main(['--home', folder.path, 'profile', ...args], io, () => {
        throw new Error('The pipeline is not needed.');
      });
      expect(code).toBe(0);
      const said = io.stdout.text + io.stderr.text;
      expect(said).not.toBe('');
      expect(said).not.toMatch(/[^\P{Cc}\n]/u);
    }
  });
});
