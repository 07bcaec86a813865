import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { nodeProblem } from './nodeVersion.ts';
import { endWithParent, OWN_NODE_MARK, ownNode, runUnder } from './ownNode.ts';
import { packageRoot } from './packageRoot.ts';

/** Exit code where neither this Node nor one of the package can run Earshot; see `EXIT.unsuitableNode`. */
const UNSUITABLE_NODE = 70;

// Nothing that needs a newer Node, a native module least of all, may be imported before the Node is known to do.
void start().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'failed'}\n`);
    process.exit(1);
  },
);

async function start(): Promise<number> {
  const script = realpathSync(process.argv[1] ?? '.');
  const args = process.argv.slice(2);
  const root = packageRoot(dirname(script));
  const problem = nodeProblem(process.versions);
  if (problem !== null) return startUnderOwnNode(problem, root.folder, script, args);

  endWithParent();
  const { main } = await import('./commandLine.ts');
  const { processIo } = await import('./processIo.ts');
  const code = await main(args, processIo(root.version), async (options) => {
    const { createEarshot } = await import('../pipeline/createEarshot.ts');
    return createEarshot(options);
  });
  await written(process.stdout);
  await written(process.stderr);
  return code;
}

async function startUnderOwnNode(
  problem: string,
  packageFolder: string,
  script: string,
  args: readonly string[],
): Promise<number> {
  const node = ownNode(packageFolder, process.platform, process.arch);
  const help = `Install a newer Node, or let npm install the one that Earshot brings: npm install --include=optional`;
  if (node === null || process.env[OWN_NODE_MARK] === '1') {
    process.stderr.write(`✗ ${problem}\n  → ${help}\n`);
    return UNSUITABLE_NODE;
  }
  try {
    return await runUnder(node, script, args);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `✗ ${problem} The Node of the package does not start: ${why}\n  → ${help}\n`,
    );
    return UNSUITABLE_NODE;
  }
}

/** Waits until a pipe has taken what was written; `process.exit` would cut it off. */
function written(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
