import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Library, openLibraryAt } from '../../../src/store/library.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';

let home: ReturnType<typeof temporaryHome>;
let library: Library;
const children: ChildProcess[] = [];

beforeEach(() => {
  home = temporaryHome();
  library = openLibraryAt(join(home.path, 'library.sqlite'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  library.close();
  home[Symbol.dispose]();
});

/** A process that stays until it is killed. */
function living(): number {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe'] });
  children.push(child);
  return child.pid!;
}

async function dead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

/** State letter and start time of a process in `/proc`. */
function statOf(pid: number): { state: string; start: string } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0]!, start: fields[19]! };
}

function claimFor(pid: number, start: string, host = hostname(), renewedAt = Date.now()): void {
  library.database
    .prepare('INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?)')
    .run('video', pid, start, host, renewedAt);
}

const holder = () =>
  library.database
    .prepare<[string], { pid: number }>('SELECT process_id AS pid FROM claims WHERE video_id = ?')
    .get('video')?.pid;

describe('claims', () => {
  it('are taken once, also by the same process, and can be given back', () => {
    expect(library.claims.take('video')).toBeNull();
    expect(library.claims.take('video')).toEqual({ processId: process.pid, host: hostname() });
    expect(library.claims.take('another')).toBeNull();
    expect(library.claims.live()).toEqual(new Set(['video', 'another']));
    library.claims.release('video');
    expect(library.claims.live()).toEqual(new Set(['another']));
    expect(library.claims.take('video')).toBeNull();
  });

  it('of a live process are kept', () => {
    const pid = living();
    claimFor(pid, '');
    expect(library.claims.take('video')).toEqual({ processId: pid, host: hostname() });
    expect(holder()).toBe(pid);
    library.claims.release('video');
    expect(holder()).toBe(pid);
  });

  it('of a dead process are taken over', async () => {
    claimFor(await dead(), '');
    expect(library.claims.live()).toEqual(new Set());
    expect(library.claims.take('video')).toBeNull();
    expect(holder()).toBe(process.pid);
  });

  it('of another machine are kept while they are renewed: nobody here can tell more', async () => {
    claimFor(await dead(), '', 'elsewhere', Date.now() - 60_000);
    expect(library.claims.take('video')).toMatchObject({ host: 'elsewhere' });
    claimFor(await dead(), '', 'elsewhere', Date.now() - 180_000);
    expect(library.claims.live()).toEqual(new Set());
    expect(library.claims.take('video')).toBeNull();
    expect(holder()).toBe(process.pid);
  });

  it('are renewed by their holder only', () => {
    library.claims.take('video');
    const renewedAt = () =>
      library.database.prepare<[], { at: number }>('SELECT renewed_at AS at FROM claims').get()!.at;
    library.database.exec('UPDATE claims SET renewed_at = 5');
    library.claims.renew('another');
    expect(renewedAt()).toBe(5);
    library.claims.renew('video');
    expect(renewedAt()).toBeGreaterThan(5);
  });

  describe.runIf(process.platform === 'linux')('where the system tells more', () => {
    it('of a process are kept by its start time', () => {
      const pid = living();
      claimFor(pid, statOf(pid).start);
      expect(library.claims.take('video')).toMatchObject({ processId: pid });
    });

    it('of an earlier process with the same number are taken over', () => {
      const pid = living();
      claimFor(pid, String(Number(statOf(pid).start) - 1));
      expect(library.claims.take('video')).toBeNull();
      expect(holder()).toBe(process.pid);
    });

    it('of a zombie are taken over: it is dead and only not yet buried', async () => {
      // The shell becomes a program that never asks for its child; only then may the child end.
      const script = 'exec 3<&0; (read line <&3) & echo $!; exec tail -f /dev/null';
      const parent = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'] });
      children.push(parent);
      const [line] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string];
      const zombie = Number(line.trim());
      const turn = () => new Promise((resolve) => setImmediate(resolve));
      while (readFileSync(`/proc/${parent.pid!}/comm`, 'utf8').trim() !== 'tail') await turn();
      parent.stdin.end('\n');
      while (statOf(zombie).state !== 'Z') await turn();
      claimFor(zombie, statOf(zombie).start);
      expect(library.claims.live()).toEqual(new Set());
      expect(library.claims.take('video')).toBeNull();
    });
  });
});
