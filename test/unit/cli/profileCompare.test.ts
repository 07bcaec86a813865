import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/commandLine.ts';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { toOtlpJson } from '../../../src/profiler/export/otlpJson.ts';
import { openLibraryAt } from '../../../src/store/library.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { madeRun, type Plan } from '../profiler/verdict/madeRuns.ts';
import { FakeIo } from './fakeIo.ts';

/** A home with runs, and a folder of files. */
class Place {
  readonly #folder = temporaryHome();

  get cwd(): string {
    return this.#folder.path;
  }

  store(id: string, plan: Plan, series = 'job'): void {
    mkdirSync(this.cwd, { recursive: true });
    const library = openLibraryAt(homeLayout(this.cwd).library);
    library.profiles.put({ ...madeRun(plan), id }, series);
    library.close();
  }

  write(folder: string, plans: readonly Plan[]): void {
    mkdirSync(join(this.cwd, folder), { recursive: true });
    plans.forEach((plan, i) => {
      writeFileSync(join(this.cwd, folder, `${i}.json`), toOtlpJson(madeRun(plan)));
    });
  }

  async call(...args: string[]): Promise<FakeIo & { code: number }> {
    const io = Object.assign(new FakeIo(), { cwd: this.cwd });
    const code = await main(['--home', this.cwd, 'profile', ...args], io, () => {
      throw new Error('The pipeline is not needed.');
    });
    return Object.assign(io, { code });
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}

const plans = (factor: number, startMs: number): Plan[] =>
  Array.from({ length: 7 }, (_, i) => ({
    stages: { parse: factor * (1 + i / 200), sort: 2 + i / 100 },
    startMs: startMs + i,
  }));

describe('profile compare', () => {
  it('prints the contract of --json for two globs', async () => {
    using place = new Place();
    place.write('before', plans(1, 1e12));
    place.write('after', plans(1.5, 2e12));
    const io = await place.call('compare', 'before/*.json', 'after/*.json', '--json');
    expect(io.code).toBe(0);
    const [result] = io.stdout.records;
    expect(result).toMatchObject({
      type: 'result',
      command: 'compare',
      overall: 'slower',
      environment: { comparable: true, differences: [] },
      verdicts: expect.arrayContaining([
        expect.objectContaining({
          stage: 'parse',
          metric: 'seconds',
          verdict: 'slower',
          ratio: expect.closeTo(1.5, 2),
          interval: [expect.closeTo(1.49, 1), expect.closeTo(1.51, 1)],
          n: [7, 7],
          p: expect.any(Number),
          smallestVisible: expect.closeTo(1.1, 1),
        }),
        expect.objectContaining({ stage: 'sort', verdict: 'same' }),
      ]),
    });
    expect(result?.['notes']).toContainEqual(expect.stringContaining('did not take turns'));
  });

  it('is a table with signs for a person, and an exit code for those who ask', async () => {
    using place = new Place();
    place.write('before', plans(1, 1e12));
    place.write('after', plans(1.5, 2e12));
    const io = await place.call('compare', 'before', 'after', '--exit-code');
    expect(io.code).toBe(1);
    expect(io.stdout.text).toMatch(/^▲ slower +parse +seconds +1\.0\d s +1\.5\d s +\+50\.0 %/mu);
    expect(io.stdout.text).toMatch(/^= same +sort/mu);
    expect(io.stdout.lines.at(-1)).toMatch(/^▲ slower: B is worse in/u);
    const other = await place.call('compare', 'before', 'before', '--exit-code', '--stage', 'sort');
    expect(other.code).toBe(0);
    expect(other.stdout.text).not.toContain('parse');
  });

  it('compares runs of the library by id, exact figures first', async () => {
    using place = new Place();
    const loads = (count: number): Plan => ({
      stages: { embed: 1 },
      work: { embed: { loads: { 'audio:talk.wav': count } } },
    });
    place.store('aaa1', loads(1));
    place.store('bbb1', loads(43));
    const io = await place.call('compare', 'aaa', 'last');
    expect(io.stdout.lines.slice(0, 2).map((line) => line.replaceAll(/ +/gu, ' '))).toEqual([
      'Verdict Stage Counted A B',
      '▲ slower run loads:audio:talk.wav 1 43',
    ]);
    expect(io.stdout.lines.at(-1)).toBe('▲ slower: B is worse in loads:audio:talk.wav (1 → 43).');
  });

  it('screens runs against what was accepted', async () => {
    using place = new Place();
    for (const [i, id] of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].entries()) {
      place.store(id, { stages: { parse: 1 + i / 100 }, startMs: 1e12 + i * 3_600_000 });
    }
    place.store('new', { stages: { parse: 2 }, startMs: 2e12 });
    const accepted = await place.call('accept', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', '--json');
    expect(accepted.stdout.records).toMatchObject([{ series: [{ series: 'job', accepted: 6 }] }]);
    const io = await place.call('compare', '@baseline', 'new', '--json');
    const [result] = io.stdout.records;
    expect(result).toMatchObject({
      overall: 'inconclusive',
      verdicts: [
        expect.objectContaining({ tier: 1, reason: expect.stringContaining('Maybe slower') }),
        expect.anything(),
      ],
    });
  });

  it.each([
    [['compare', 'nothing/*.json', 'x'], 4],
    [['compare', 'missing', 'last'], 4],
    [['compare', '@baseline', '@baseline'], 2],
    [['compare', 'a', 'b', '--threshold', 'much'], 2],
    [['compare', 'a', 'b', '--threshold', '5'], 2],
    [['compare', 'a', 'b', '--threshold', '5', '--exit-code'], 8],
    [['compare', 'a', '--exit-code'], 8],
    [['compare', 'a', 'b', '--alpha', '2'], 2],
  ])('refuses %j', async (args, code) => {
    using place = new Place();
    const io = await place.call(...args);
    expect(io.code).toBe(code);
    expect(io.stdout.text).toBe('');
  });

  it('leaves out what it cannot read of a folder, and says so', async () => {
    using place = new Place();
    place.write('before', plans(1, 1e12));
    writeFileSync(join(place.cwd, 'before', 'zz.bin'), Uint8Array.of(0, 1, 2, 255, 254, 0, 0));
    const io = await place.call('compare', 'before', 'before');
    expect(io.code).toBe(0);
    expect(io.stderr.text).toContain('zz.bin is left out');
  });
});

describe('profile accept', () => {
  it('withdraws, and warns where there is nothing to withdraw', async () => {
    using place = new Place();
    place.store('one', { stages: { parse: 1 } });
    await place.call('accept', 'last', '--note', 'first');
    const gone = await place.call('accept', 'one', '--withdraw', '--json');
    expect(gone.stdout.records).toMatchObject([{ withdrawn: true, runs: ['one'] }]);
    const again = await place.call('accept', 'one', '--withdraw');
    expect(again.stderr.text).toContain('was not accepted');
  });

  it('changes nothing where one of the runs is not there', async () => {
    using place = new Place();
    place.store('one', { stages: { parse: 1 } });
    expect((await place.call('accept', 'one', 'two')).code).toBe(4);
    const history = await place.call('history', '--json');
    expect(history.stdout.records).toMatchObject([{ series: [{ series: 'job', accepted: 0 }] }]);
  });
});

describe('profile history', () => {
  it('shows a series with its level, what was accepted, and where it changed', async () => {
    using place = new Place();
    for (let i = 0; i < 18; i += 1) {
      const parse = (i < 12 ? 1 : 1.5) * (1 + (i % 3) / 100);
      place.store(`run-${i}`, { stages: { parse }, startMs: 1e12 + i });
    }
    await place.call('accept', 'run-3', '--note', 'good');
    const io = await place.call('history', 'job', '--stage', 'parse');
    expect(io.stdout.lines[1]).toMatch(/^[▁▂▃▄▅▆▇█]{18}$/u);
    expect(io.stdout.text).toMatch(/run-3 .*✓ +good/u);
    expect(io.stdout.lines.at(-1)).toMatch(/^The level changed at run run-12: 1\.01 s → 1\.5\d s/u);
    const json = await place.call('history', 'job', '--json');
    expect(json.stdout.records).toMatchObject([
      { series: 'job', unit: 's', changes: [{ run: 'run-12', settled: true }] },
    ]);
  });

  it('knows no other series', async () => {
    using place = new Place();
    place.store('one', { stages: { parse: 1 } });
    expect((await place.call('history', 'other')).code).toBe(4);
  });
});
