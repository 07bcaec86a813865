import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { treeMemory } from '../../../../src/pipeline/ingestion/treeMemory.ts';

describe.runIf(process.platform === 'linux')('treeMemory', () => {
  it('is this process’s resident memory and that of all below it', async () => {
    const megabytes = 60;
    const script = `globalThis.kept = Buffer.alloc(${megabytes}e6, 1); process.stdout.write('ready'); process.stdin.resume();`;
    // A grandchild: the shell between them waits.
    const child = spawn('sh', ['-c', '"$0" -e "$1"; true', process.execPath, script], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    try {
      await once(child.stdout, 'data');
      expect(treeMemory(child.pid)).toBeGreaterThan(megabytes * 1e6);
      const own = process.memoryUsage.rss();
      const whole = treeMemory()!;
      expect(whole).toBeGreaterThan(own * 0.8 + megabytes * 1e6);
    } finally {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    }
  });

  it('is not known of a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    expect(treeMemory(child.pid)).toBeNull();
  });
});
