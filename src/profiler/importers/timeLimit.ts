/**
 * Times that are further from a clock's zero than this, 30,000 years, are no times: room below MAX_TIME_NS of the model
 * for what is added up from many.
 */
const MAX_IMPORT_NS = 1e21;

/** Whether a time or a duration in units of `nsPerUnit` nanoseconds can be one: finite, and of this world. */
export function isPossibleTime(value: number, nsPerUnit: number): boolean {
  return Math.abs(value) * nsPerUnit <= MAX_IMPORT_NS;
}
