import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

/** Set for the process that was started under the package's own Node, so that it is not started again and again. */
export const OWN_NODE_MARK = 'EARSHOT_OWN_NODE';

/** The Node that the package brings for this platform, or null. */
export function ownNode(packageFolder: string, platform: string, arch: string): string | null {
  const program = platform === 'win32' ? 'node.exe' : 'node';
  try {
    const require = createRequire(join(packageFolder, 'package.json'));
    const manifest = require.resolve(`node-${platform}-${arch}/package.json`);
    const file = join(dirname(manifest), 'bin', program);
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/** Runs a script of ours again under another Node, with the same streams, and gives its exit code. */
export function runUnder(node: string, script: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [script, ...args], {
      // The channel tells the child when this process is gone, however it ended.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, [OWN_NODE_MARK]: '1' },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => child.kill(signal));
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/** In the child: ends when the process that started it is gone. */
export function endWithParent(): void {
  if (process.channel === undefined) return;
  process.on('disconnect', () => process.exit(130));
  process.channel.unref();
}
