import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { load as loadVectors } from 'sqlite-vec';
import { MIGRATIONS } from './migrations/index.ts';
import { EarshotError } from '../pipeline/earshotError.ts';
import { makeFolder } from './makeFolder.ts';

export type LibraryDatabase = Database.Database;

/** How long a process waits for another one's transaction, which is never longer than a publication. */
const BUSY_MILLISECONDS = 15_000;
/** Between attempts where SQLite itself does not wait. */
const RETRY_MILLISECONDS = 5;

/**
 * Opens the library file, creates or upgrades it. Several processes may have it open.
 *
 * @throws EarshotError `store.newer-version`, `store.damaged`, `store.disk-full`, `store.unavailable`
 */
export function openLibrary(path: string): LibraryDatabase {
  try {
    makeFolderOf(path);
    makeFile(path);
    const database = new Database(path, { timeout: BUSY_MILLISECONDS });
    try {
      // Before anything is set that is kept in the file.
      knownVersion(database, path);
      loadVectors(database);
      writeAhead(database);
      database.pragma('synchronous = NORMAL');
      database.pragma('foreign_keys = ON');
      migrate(database, path);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  } catch (error) {
    throw storeError(error, path);
  }
}

/**
 * Turns the write-ahead log on, which is kept in the file. SQLite reads here before it writes, and then does not wait for
 * others that write: of two processes that open a new library at once, one fails at once with SQLITE_BUSY.
 */
function writeAhead(database: LibraryDatabase): void {
  const deadline = Date.now() + BUSY_MILLISECONDS;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!systemCode(error).startsWith('SQLITE_BUSY') || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MILLISECONDS);
    }
  }
}

function migrate(database: LibraryDatabase, path: string): void {
  const upgrade = database.transaction(() => {
    const version = knownVersion(database, path);
    if (version === MIGRATIONS.length) return;
    for (const sql of MIGRATIONS.slice(version)) database.exec(sql);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  upgrade.immediate();
}

/** Version of the library's tables. @throws EarshotError `store.newer-version` */
function knownVersion(database: LibraryDatabase, path: string): number {
  const version = database.pragma('user_version', { simple: true }) as number;
  if (version > MIGRATIONS.length) {
    throw new EarshotError(
      'store.newer-version',
      `The library ${path} was written by a newer Earshot (version ${version} of its tables, this one knows ` +
        `${MIGRATIONS.length}). Nothing was changed.`,
      'Update Earshot, or name another folder with --home or the setting earshot.home.',
    );
  }
  return version;
}

/** Says an SQLite error in words a person can act on; other errors pass as they are. */
export function storeError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof EarshotError) return error;
  const code = systemCode(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code.startsWith('SQLITE_IOERR_WRITE')) {
    return new EarshotError(
      'store.disk-full',
      `The disk is full: the library ${path} could not be written. What was finished is kept.`,
      'Free some space and run the same command again; it goes on where it stopped.',
      { cause: error },
    );
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new EarshotError(
      'store.damaged',
      `The library ${path} is damaged or is not an Earshot library.`,
      'Move the file away or restore a copy of it, then ingest again.',
      { cause: error },
    );
  }
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return new EarshotError(
      'store.busy',
      `Another program holds the library ${path}.`,
      'Close the other program or wait for it, then try again.',
      { cause: error },
    );
  }
  if (/^(SQLITE_(CANTOPEN|READONLY|PERM)|(EACCES|EPERM|EROFS|ENOTDIR|EEXIST)$)/u.test(code)) {
    return unavailable(error, path);
  }
  return error;
}

function makeFolderOf(path: string): void {
  try {
    makeFolder(dirname(path));
  } catch (error) {
    // Elsewhere ENOENT does not mean the library.
    throw systemCode(error) === 'ENOENT' ? unavailable(error as Error, path) : error;
  }
}

/** Makes an empty file for its owner only: SQLite would let everybody read it. What lies beside it becomes like it. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (existsSync(path)) return;
    throw error;
  }
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function unavailable(error: Error, path: string): EarshotError {
  return new EarshotError(
    'store.unavailable',
    `The library ${path} cannot be opened: ${error.message}.`,
    'Check the folder and its permissions, or name another one with --home or earshot.home.',
    { cause: error },
  );
}
