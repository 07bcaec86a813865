import { readdirSync, readFileSync } from 'node:fs';

/** Size of a page in `/proc/<pid>/statm`; 4 kB on every platform that Earshot runs on with a `/proc`. */
const PAGE_BYTES = 4096;

/**
 * Resident memory of this process and all its descendants, in bytes; shared pages count in each. Null where the system
 * does not tell.
 */
export function treeMemory(root: number = process.pid): number | null {
  const resident = residentBytes(root);
  if (resident === null) return null;
  let bytes = resident;
  for (const child of childrenOf(root)) bytes += treeMemory(child) ?? 0;
  return bytes;
}

function residentBytes(pid: number): number | null {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return Number.isFinite(pages) ? pages * PAGE_BYTES : null;
  } catch {
    return null;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        .split(' ')
        .filter((child) => child !== '')
        .map(Number),
    );
  } catch {
    return [];
  }
}
