import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A file that a process has open. */
export interface OpenFile {
  readonly path: string;
  /** Where it will be read next. */
  readonly position: number;
  readonly forWriting: boolean;
}

const MAX_DESCRIPTORS = 256;

/** Files that a process has open now; `wanted` says for which paths it is worth to ask for more. */
export function openFiles(pid: number, wanted: (path: string) => boolean): OpenFile[] {
  const found: OpenFile[] = [];
  try {
    for (const descriptor of readdirSync(`/proc/${pid}/fd`).slice(0, MAX_DESCRIPTORS)) {
      const path = target(`/proc/${pid}/fd/${descriptor}`);
      if (!isOnDisk(path) || !wanted(path)) continue;
      const info = readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'latin1');
      const flags = parseInt(/^flags:\s*([0-7]+)/mu.exec(info)?.[1] ?? '0', 8);
      found.push({
        path,
        position: Number(/^pos:\s*(\d+)/mu.exec(info)?.[1] ?? 0),
        forWriting: (flags & 3) !== 0,
      });
    }
  } catch {
    // The process is gone, or closed the file meanwhile.
  }
  return found;
}

/** Paths of the files that a process has mapped into its memory, without program code. */
export function mappedFiles(pid: number): Set<string> {
  const paths = new Set<string>();
  try {
    const code = new Set<string>();
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const slash = line.indexOf('/');
      if (slash < 0) continue;
      const path = line.slice(slash);
      if (line.charAt(line.indexOf(' ') + 3) === 'x') {
        code.add(path);
      } else if (isOnDisk(path)) paths.add(path);
    }
    for (const path of code) paths.delete(path);
  } catch {
    // The process is gone.
  }
  return paths;
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

/** Devices and the like, and what the C library opens by itself in every process. */
const NO_DATA = /^\/(?:dev|proc|sys)\/|^\/memfd:|^\/usr\/(?:lib|share)\/locale\/|\(deleted\)$/u;

function isOnDisk(path: string): boolean {
  return path.startsWith('/') && !NO_DATA.test(path);
}
