import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
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

  it('leaves nothing behind where a large run could not be stored, and keeps what was there', () => {
    library.database.exec(`CREATE TRIGGER fails BEFORE INSERT ON runs
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
    expect(() => library.profiles.put(run('large', 900_000))).toThrow('the disk is full');
    expect(largeFiles()).toEqual([]);
    library.database.exec('DROP TRIGGER fails');
    library.profiles.put(run('large', 900_000));
    library.database.exec(`CREATE TRIGGER fails BEFORE UPDATE ON runs
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
    expect(() => library.profiles.put(run('large'))).toThrow('the disk is full');
    expect(library.profiles.load('large').spans.startNs).toHaveLength(900_000);
  });

  it('removes what killed processes left behind when a large run is stored', () => {
    const large = run('large', 900_000);
    library.profiles.put(large);
    const at = (name: string) => join(folder, 'runs', name);
    mkdirSync(at('a folder.earshotrun'));
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    for (const name of [
      'gone.earshotrun',
      'small.earshotrun',
      'old.part',
      'new.part',
      'mine.txt',
    ]) {
      writeFileSync(at(name), name);
      if (name !== 'new.part') utimesSync(at(name), hoursAgo(2), hoursAgo(2));
    }
    library.profiles.put(run('aaa1'));
    expect(largeFiles()).toHaveLength(7);
    library.database.exec("UPDATE runs SET id = 'small' WHERE id = 'aaa1'");
    library.profiles.put({ ...large, id: 'next' });
    expect(largeFiles().sort()).toEqual([
      'a folder.earshotrun',
      'large.earshotrun',
      'mine.txt',
      'new.part',
      'next.earshotrun',
    ]);
    expect(library.profiles.load('large').spans.startNs).toHaveLength(900_000);
  });

  it('does not sweep away the file of a run that another process is storing', () => {
    const large = run('large', 900_000);
    const other = openLibraryAt(join(folder, 'library.db'));
    other.database.pragma('busy_timeout = 0');
    const prepared = library.profiles.prepare(large, 'jobs');
    const store = library.database.transaction(() => {
      prepared.store();
      // The other's sweep has to wait for this transaction, or is left for another time.
      expect(() => other.profiles.put({ ...large, id: 'other' })).toThrow('database is locked');
      expect(largeFiles()).toContain('large.earshotrun');
    });
    store.immediate();
    prepared.tidy();
    other.profiles.put({ ...large, id: 'other' });
    other.close();
    expect(largeFiles().sort()).toEqual(['large.earshotrun', 'other.earshotrun']);
  });

  it.runIf(process.platform !== 'win32')('keeps large runs for their owner only', () => {
    library.profiles.put(run('large', 900_000));
    const modes = [join(folder, 'runs'), join(folder, 'runs', 'large.earshotrun')].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600]);
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
