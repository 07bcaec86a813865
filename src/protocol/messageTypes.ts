import type { z } from 'zod';
import type { Direction, NotificationType, RequestType } from './rpc.ts';

/** Declares a message that is answered. */
export function request<P extends z.ZodType, R extends z.ZodType>(
  method: string,
  direction: Direction,
  params: P,
  result: R,
): RequestType<P, R> {
  return { kind: 'request', method, direction, params, result };
}

/** Declares a message that is not answered. */
export function notification<P extends z.ZodType>(
  method: string,
  direction: Direction,
  params: P,
): NotificationType<P> {
  return { kind: 'notification', method, direction, params };
}
