import { isMainThread, parentPort } from 'node:worker_threads';
import { ipcTransport, portTransport, type Transport } from '../protocol/rpcTransport.ts';

/** The way to whoever started this worker: a process over IPC, or a thread over its port. */
export function parentTransport(): Transport {
  if (!isMainThread && parentPort) return portTransport(parentPort);
  if (process.send) return ipcTransport(process);
  throw new Error('The worker is started by the Earshot extension; use `earshot` on a terminal.');
}
