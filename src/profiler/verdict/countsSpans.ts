import { ATTRIBUTE } from '../model/attributeNames.ts';
import type { Run } from '../model/run.ts';

/** Formats whose spans are events of the program. Those of samplers depend on when the clock ticked. */
const EVENT_FORMATS: ReadonlySet<string> = new Set([
  'recorder',
  'otlp-json',
  'otlp-protobuf',
  'chrome-trace',
]);

/** Samplers that write Chrome traces. */
const SAMPLERS = /py-spy|austin|samply|perf\b/iu;

/** Whether the number of a run's spans of one name is a figure without noise. */
export function countsSpans(run: Run): boolean {
  if (run.weights !== null || !EVENT_FORMATS.has(run.provenance.format)) return false;
  if (run.strings.includes(ATTRIBUTE.frameType)) return false;
  return !SAMPLERS.test(run.provenance.client);
}
