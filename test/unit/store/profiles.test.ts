import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../src/profiler/model/run.ts';
import { type Library, openLibraryAt } from '../../../src/store/library.ts';
import { newBuilder } from '../profiler/runFixture.ts';

let folder: string;
let library: Library;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-profiles-'));
  library = openLibraryAt(join(folder, 'library.db'));
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(id: string, spans = 3, epochNs?: bigint): Run {
  const builder = newBuilder({
    id,
    name: `run ${id}`,
    ...(epochNs === undefined ? {} : { epochNs }),
  });
  const track = builder.track('main', 'thread');
  for (let i = 0; i < spans; i += 1) {
    builder.addSpan({ name: 'work', startNs: i * 10, durationNs: 5, track, parent: null });
  }
  return builder.finish({ status: 'done' });
}

const largeFiles = () =>
  existsSync(join(folder, 'runs')) ? readdirSync(join(folder, 'runs')) : [];

describe('profiles', () => {
  it('gives back what was stored, by the whole id, its beginning, or as the last one', () => {
    library.profiles.put(run('aaa1'), 'jobs');
    library.profiles.put(run('aab2'));
    expect(library.profiles.load('aaa1')).toEqual(run('aaa1'));
    expect(library.profiles.find('aab').id).toBe('aab2');
    expect(library.profiles.find('last').id).toBe('aab2');
    expect(() => library.profiles.find('aa')).toThrow('Several runs have ids that begin with “aa”');
    expect(() => library.profiles.find('')).toThrow('There is no run');
    expect(() => library.profiles.find('%')).toThrow('There is no run');
    expect(library.profiles.list().map(({ id, series }) => [id, series])).toEqual([
      ['aab2', 'run aab2'],
      ['aaa1', 'jobs'],
    ]);
    expect(library.profiles.list({ series: 'jobs' })).toHaveLength(1);
  });

  it('says when a run without a calendar’s date was stored, and still lists the newest first', () => {
    library.profiles.put(run('dated'));
    library.profiles.put(run('undated', 1, 0n));
    library.profiles.put(run('absurd', 1, 10n ** 29n));
    const [absurd, undated, dated] = library.profiles.list();
    expect([absurd!.id, undated!.id, dated!.id]).toEqual(['absurd', 'undated', 'dated']);
    const age = Date.now() - Date.parse(undated!.startedAt);
    expect(age).toBeGreaterThanOrEqual(-1);
    expect(age).toBeLessThan(60_000);
  });

  it('keeps large runs in files of their own, and removes these with them', () => {
    const large = run('large', 900_000);
    library.profiles.put(large);
    expect(largeFiles()).toEqual(['large.earshotrun']);
    expect(library.profiles.find('large').bytes).toBeGreaterThan(32 * 2 ** 20);
    expect(library.profiles.load('large').spans.startNs.at(-1)).toBe(8_999_990);
    library.profiles.put(run('large'));
    expect(largeFiles()).toEqual([]);
    expect(library.profiles.load('large').spans.startNs).toHaveLength(3);
    library.profiles.put(large);
    library.profiles.remove('large');
    expect(largeFiles()).toEqual([]);
    expect(() => library.profiles.load('large')).toThrow('There is no run “large”');
  });

  it('says so where the file of a large run is gone', () => {
    library.profiles.put(run('large', 900_000));
    rmSync(join(folder, 'runs'), { recursive: true });
    expect(() => library.profiles.load('large')).toThrow('The file of run large is gone');
  });

  it('takes a baseline away with its run', () => {
    library.profiles.put(run('aaa1'), 'jobs');
    const accepted = { series: 'jobs', runId: 'aaa1', acceptedAt: '2026-01-01', note: null };
    library.baselines.accept(accepted);
    expect(library.baselines.of('jobs')).toEqual([accepted]);
    library.profiles.remove('aaa1');
    expect(library.baselines.of('jobs')).toEqual([]);
    expect(library.baselines.withdraw('jobs', 'aaa1')).toBe(false);
  });
});
