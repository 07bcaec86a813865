import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why no disk of our own can be mounted here, or null. */
export function whyNoMounts(): string | null {
  if (process.platform !== 'linux') return 'small disks are mounted on Linux only';
  const folder = mkdtempSync(join(tmpdir(), 'earshot-mount-'));
  try {
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], {
      encoding: 'utf8',
    });
    if (status !== 0) return `mounting takes root: ${stderr.trim()}`;
    execFileSync('umount', [folder]);
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A mounted folder; it is taken off at the end. */
export class Mount {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** A disk of so many bytes, in memory. */
  static disk(path: string, size: string): Mount {
    mkdirSync(path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
    return new Mount(path);
  }

  /** A folder or file that nobody can write, not even root. */
  static readOnly(path: string): Mount {
    execFileSync('mount', ['--bind', path, path]);
    execFileSync('mount', ['-o', 'remount,ro,bind', path]);
    return new Mount(path);
  }

  resize(size: string): void {
    execFileSync('mount', ['-o', `remount,size=${size}`, this.path]);
  }

  [Symbol.dispose](): void {
    execFileSync('umount', [this.path]);
  }
}
