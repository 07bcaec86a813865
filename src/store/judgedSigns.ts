import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JUDGED_FILE_NAME, JUDGED_FOLDER_NAME } from '../protocol/libraryFolder.ts';
import { makeFolder } from './makeFolder.ts';

/**
 * Leaves a sign beside the library that a workspace was judged, so that an editor need not start a worker to find out.
 * It appears at once and whole, or not at all.
 *
 * @param home folder of the library
 * @param workspace absolute path of a folder
 * @throws Error of the system
 */
export function leaveSign(home: string, workspace: string): void {
  const folder = join(home, JUDGED_FOLDER_NAME);
  const file = join(folder, signName(workspace));
  if (existsSync(file)) return;
  makeFolder(folder);
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, workspace, { mode: 0o600 });
  renameSync(unfinished, file);
}

/** Takes away the signs of workspaces of which no judgement is left. @throws Error of the system */
export function keepSignsOf(home: string, workspaces: readonly string[]): void {
  const folder = join(home, JUDGED_FOLDER_NAME);
  const kept = new Set(workspaces.map(signName));
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (JUDGED_FILE_NAME.test(name) && !kept.has(name)) rmSync(join(folder, name), { force: true });
  }
}

function signName(workspace: string): string {
  return createHash('sha256').update(workspace).digest('hex').slice(0, 32);
}
