import type { IncomingMessage } from 'node:http';
import { OTLP_CONTENT_TYPES, otlpContentType } from '../importers/otlp/otlpContentType.ts';
import type { OtlpContentType } from '../importers/otlp/otlpContentType.ts';
import { OTLP_SIGNALS, type OtlpSignal } from '../importers/otlp/otlpRecords.ts';
import { RPC_CODE, RequestProblem } from './requestProblem.ts';

const PATHS = OTLP_SIGNALS.map((signal) => `/v1/${signal}`);

/** The path of a request without its query, with single slashes and none at its end. */
export function pathOf(url: string | undefined): string {
  const path = (url ?? '/').replace(/^https?:\/\/[^/]*/iu, '').replace(/[?#].*$/su, '');
  return `/${path.split('/').filter(Boolean).join('/')}`;
}

/**
 * What a request brings, by its path, method and content type.
 *
 * @throws RequestProblem 404, 405, 415
 */
export function routeOf(request: IncomingMessage): {
  readonly signal: OtlpSignal;
  readonly contentType: OtlpContentType;
} {
  const path = pathOf(request.url);
  const signal = OTLP_SIGNALS[PATHS.indexOf(path)];
  if (signal === undefined) throw notFound(path);
  if (request.method !== 'POST') {
    throw new RequestProblem(405, RPC_CODE.unimplemented, `${path} takes POST only.`, {
      allow: 'POST',
    });
  }
  const contentType = otlpContentType(request.headers['content-type']);
  if (contentType === null) {
    throw new RequestProblem(
      415,
      RPC_CODE.invalidArgument,
      `The content type has to be ${OTLP_CONTENT_TYPES.join(' or ')}.`,
    );
  }
  return { signal, contentType };
}

function notFound(path: string): RequestProblem {
  const message = path.startsWith('/v1development/')
    ? 'Profiles of OpenTelemetry are not received: their format is not stable yet.'
    : `There is nothing here but ${PATHS.join(', ')}.`;
  return new RequestProblem(404, RPC_CODE.notFound, message);
}
