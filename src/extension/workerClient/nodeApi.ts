import { RpcError } from '../../protocol/rpcError.ts';

/** What the native modules of the worker are built against: Node 22.14, VS Code 1.101. */
const NEEDED_NODE_API = 10;

/** @throws RpcError where native modules would end the worker without a message. */
export function checkNodeApi(versions: NodeJS.ProcessVersions): void {
  const found = Number(versions['napi'] ?? 0);
  if (found >= NEEDED_NODE_API) return;
  throw new RpcError({
    code: 'worker.node-api',
    message: `Earshot needs Node-API ${NEEDED_NODE_API}, but this editor runs Node ${versions.node} with Node-API ${found}.`,
    action: 'Update VS Code (or the remote server) to 1.101 or newer.',
  });
}
