import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { RPC_CODE, RequestProblem } from './requestProblem.ts';

/** Whether an address or a name stands for this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/gu, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  if (name.startsWith('::ffff:')) return isLoopback(name.slice('::ffff:'.length));
  return isIP(name) === 4 && name.startsWith('127.');
}

/**
 * Refuses what a web page may send without its reader's knowledge. A page's requests name their origin; one whose host
 * name was pointed at this machine (DNS rebinding) names that in `Host`, which a receiver on the loopback address has no
 * reason to hear.
 *
 * @throws RequestProblem 403
 */
export function checkTrust(
  request: IncomingMessage,
  boundHost: string,
  allowOrigin: string | null,
): void {
  const { origin } = request.headers;
  if (origin !== undefined && !originAllowed(origin, allowOrigin)) {
    throw refused(`Pages of ${origin} may not send here; --allow-origin allows it.`);
  }
  const host = hostName(request.headers.host);
  if (host === null || !isLoopback(boundHost)) return;
  if (!isLoopback(host)) throw refused(`This is not ${host}, it is ${boundHost}.`);
}

/** Whether pages of an origin may send. */
export function originAllowed(origin: string, allowOrigin: string | null): boolean {
  return allowOrigin === '*' || (allowOrigin !== null && origin === allowOrigin);
}

function hostName(header: string | undefined): string | null {
  if (header === undefined || header === '') return null;
  return header.startsWith('[') ? header.replace(/\].*$/u, ']') : header.replace(/:\d*$/u, '');
}

function refused(message: string): RequestProblem {
  return new RequestProblem(403, RPC_CODE.permissionDenied, message);
}
