import { ID_STATE, type OtlpId, type SpanRecord } from './otlpRecords.ts';

/** Why a span cannot be kept, or null. */
export function spanProblem(record: SpanRecord): string | null {
  return (
    idProblem('trace id', record.trace) ?? idProblem('span id', record.id) ?? timeProblem(record)
  );
}

function idProblem(what: string, id: OtlpId): string | null {
  switch (id.state) {
    case ID_STATE.valid:
      return null;
    case ID_STATE.missing:
      return `a span without a ${what}`;
    case ID_STATE.zero:
      return `a span whose ${what} is zero`;
    case ID_STATE.malformed:
      return `a span whose ${what} is not ${id.words.length * 8} hexadecimal digits`;
  }
}

function timeProblem({ startNs, endNs }: SpanRecord): string | null {
  if (Number.isNaN(startNs)) return 'a span without a start time';
  if (endNs < startNs) return `a span that ends ${startNs - endNs} ns before it starts`;
  return null;
}
