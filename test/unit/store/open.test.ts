import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MIGRATIONS } from '../../../src/store/migrations/index.ts';
import { openLibrary, storeError } from '../../../src/store/open.ts';
import { EarshotError } from '../../../src/pipeline/earshotError.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';

let home: ReturnType<typeof temporaryHome>;
let path: string;

beforeEach(() => {
  home = temporaryHome();
  path = join(home.path, 'deep', 'library.sqlite');
});
afterEach(() => home[Symbol.dispose]());

function failure(): unknown {
  try {
    openLibrary(path).close();
  } catch (error) {
    return error;
  }
  return null;
}

const modeOf = (place: string): number => statSync(place).mode & 0o777;

const tablesOf = (database: ReturnType<typeof openLibrary>) =>
  database
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map(({ name }) => name);

describe('openLibrary', () => {
  it('makes a library where there is nothing, with all its tables', () => {
    const database = openLibrary(path);
    expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(tablesOf(database)).toEqual(
      expect.arrayContaining(['videos', 'stages', 'units', 'claims', 'publications', 'runs']),
    );
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  });

  it('leaves a library as it is when it is opened again', () => {
    const first = openLibrary(path);
    first
      .prepare(
        "INSERT INTO videos VALUES ('v','s','t','ready',null,null,null,null,null,'{}','a','b',null)",
      )
      .run();
    const before = tablesOf(first);
    first.close();
    const second = openLibrary(path);
    expect(tablesOf(second)).toEqual(before);
    expect(second.prepare('SELECT id FROM videos').all()).toEqual([{ id: 'v' }]);
    second.close();
  });

  it('takes up an empty file, as a crash before the first commit leaves it', () => {
    mkdirSync(join(home.path, 'deep'));
    writeFileSync(path, '');
    const database = openLibrary(path);
    expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    database.close();
  });

  it('waits for another process that opens the same new library', () => {
    mkdirSync(join(home.path, 'deep'));
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const wait = vi.spyOn(Atomics, 'wait').mockImplementationOnce(() => {
      other.close();
      return 'timed-out';
    });
    try {
      const database = openLibrary(path);
      expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
      database.close();
      expect(wait).toHaveBeenCalledTimes(1);
    } finally {
      wait.mockRestore();
    }
  });

  it.each(['WAL', 'DELETE'])(
    'refuses one of a newer version and changes nothing (%s)',
    (journal) => {
      const database = openLibrary(path);
      database.pragma(`user_version = ${MIGRATIONS.length + 1}`);
      database.exec('CREATE TABLE tomorrow (what TEXT)');
      database.pragma(`journal_mode = ${journal}`);
      database.close();
      const before = readFileSync(path);
      const error = failure();
      expect(error).toBeInstanceOf(EarshotError);
      expect(error).toMatchObject({ code: 'store.newer-version' });
      expect((error as EarshotError).action).toMatch(/Update Earshot/u);
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(readdirSync(join(home.path, 'deep'))).toEqual(['library.sqlite']);
    },
  );

  it('says that a file is no library, and does not touch it', () => {
    mkdirSync(join(home.path, 'deep'));
    const garbage = Buffer.alloc(8192, 'not a database ');
    writeFileSync(path, garbage);
    expect(failure()).toMatchObject({ name: 'EarshotError', code: 'store.damaged' });
    expect(readFileSync(path).equals(garbage)).toBe(true);
  });

  it('says that a library is damaged', () => {
    openLibrary(path).close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 100, 4096);
    writeFileSync(path, bytes);
    expect(failure()).toMatchObject({ name: 'EarshotError', code: 'store.damaged' });
  });

  it('says that the folder cannot be made', () => {
    writeFileSync(join(home.path, 'deep'), 'a file');
    expect(failure()).toMatchObject({ name: 'EarshotError', code: 'store.unavailable' });
    path = join(home.path, 'deep', 'deeper', 'library.sqlite');
    expect(failure()).toMatchObject({ name: 'EarshotError', code: 'store.unavailable' });
  });

  it.runIf(process.platform === 'linux')('ends where a folder takes nothing at all', () => {
    path = '/proc/nowhere/deep/library.sqlite';
    expect(failure()).toMatchObject({
      code: 'store.unavailable',
      message: expect.stringContaining('/proc/nowhere') as string,
    });
  });

  it.runIf(process.platform !== 'win32')('makes files and folders for its owner only', () => {
    chmodSync(home.path, 0o755);
    path = join(home.path, 'deep', 'deeper', 'library.sqlite');
    const database = openLibrary(path);
    database.exec('CREATE TABLE written (what TEXT)');
    const folder = join(home.path, 'deep', 'deeper');
    const files = readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]);
    database.close();
    expect(files).toEqual([
      ['library.sqlite', 0o600],
      ['library.sqlite-shm', 0o600],
      ['library.sqlite-wal', 0o600],
    ]);
    const folders = [home.path, join(home.path, 'deep'), folder];
    expect(folders.map(modeOf)).toEqual([0o755, 0o700, 0o700]);
  });

  it.runIf(process.platform !== 'win32')('leaves the permissions of what is there', () => {
    openLibrary(path).close();
    chmodSync(path, 0o640);
    chmodSync(join(home.path, 'deep'), 0o750);
    openLibrary(path).close();
    expect([path, join(home.path, 'deep')].map(modeOf)).toEqual([0o640, 0o750]);
  });
});

describe('storeError', () => {
  const coded = (code: string) => Object.assign(new Error('x'), { code });

  it.each([
    ['SQLITE_FULL', 'store.disk-full'],
    ['ENOSPC', 'store.disk-full'],
    ['SQLITE_IOERR_WRITE', 'store.disk-full'],
    ['SQLITE_CORRUPT_VTAB', 'store.damaged'],
    ['SQLITE_NOTADB', 'store.damaged'],
    ['SQLITE_BUSY', 'store.busy'],
    ['SQLITE_CANTOPEN', 'store.unavailable'],
    ['EACCES', 'store.unavailable'],
  ])('%s is %s, with something to do', (code, expected) => {
    const cause = coded(code);
    const error = storeError(cause, 'library.sqlite') as EarshotError;
    expect(error).toBeInstanceOf(EarshotError);
    expect(error).toMatchObject({ code: expected, cause });
    expect(error.message).toContain('library.sqlite');
    expect(error.action).not.toBe('');
  });

  it('lets other errors pass', () => {
    for (const other of [new Error('x'), coded('SQLITE_CONSTRAINT'), 'text', null]) {
      expect(storeError(other, 'x')).toBe(other);
    }
  });
});
