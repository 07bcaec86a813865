import { randomBytes, randomUUID } from 'node:crypto';
import type { IdGenerator } from '@opentelemetry/sdk-trace-base';

/**
 * Ids of one run: one trace id, and span ids that count up from a random start, which is cheaper than a random number
 * each and cannot repeat within the run.
 */
export class RunIdGenerator implements IdGenerator {
  readonly traceId: string;
  readonly #prefix = randomBytes(4).toString('hex');
  #next = 1;

  /** `runId` becomes the trace id where it is a UUID or 32 hex digits. */
  constructor(runId: string) {
    const digits = runId.replaceAll('-', '').toLowerCase();
    const usable = /^(?!0{32})[0-9a-f]{32}$/u.test(digits);
    this.traceId = usable ? digits : randomUUID().replaceAll('-', '');
  }

  generateTraceId(): string {
    return this.traceId;
  }

  generateSpanId(): string {
    const id = this.#prefix + this.#next.toString(16).padStart(8, '0');
    this.#next += 1;
    return id;
  }
}
