import type { SpanDetails } from '../../../src/protocol/chart.ts';
import { ChartSpan } from '../../../src/protocol/chartMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import { drawableText } from '../../flame/model/drawableText.ts';
import type { SpanPlace } from '../../flame/model/scene.ts';
import type { DiffResult, Side } from '../model/diffResult.ts';
import type { Pair, PairSpan } from '../model/pairRows.ts';
import { common } from './sideIds.ts';
import type { TimeAlignment } from './timeAlignment.ts';

/** The spans of a pair by their numbers in their runs; null where only the other run has it. */
export interface PairIds {
  readonly a: number | null;
  readonly b: number | null;
}

/** What is known of both spans of a pair. */
export interface PairDetails {
  readonly a: SpanDetails | null;
  readonly b: SpanDetails | null;
}

/** Asks for both spans of a pair. @throws RpcError */
export async function loadPair(
  connection: RpcConnection,
  diff: DiffResult,
  ids: PairIds,
): Promise<PairDetails> {
  const view = diff.a.run.weightsUnit === null ? 'time' : 'left-heavy';
  const load = (side: Side): Promise<SpanDetails | null> => {
    const span = ids[side];
    if (span === null) return Promise.resolve(null);
    return connection.request(ChartSpan, { chart: diff[side].chart, view, span });
  };
  const [a, b] = await Promise.all([load('a'), load('b')]);
  return { a, b };
}

/** The pair as it is told to a person. */
export function pairOf({ a, b }: PairDetails): Pair {
  const span = (side: Side, details: SpanDetails | null): PairSpan | null =>
    details && {
      side,
      span: details.span,
      name: drawableText(details.name),
      start: details.start,
      duration: details.duration,
      self: details.self,
      source: details.source,
    };
  return { a: span('a', a), b: span('b', b) };
}

/** Where a span of a pair lies in the common scene. */
export function placeOf(
  side: Side,
  details: SpanDetails,
  { shiftA, shiftB }: TimeAlignment,
): SpanPlace {
  return {
    trackId: common(side, details.trackId),
    row: details.row,
    span: common(side, details.span),
    startNs: details.start + (side === 'a' ? shiftA : shiftB),
    durationNs: details.duration,
    nameId: 0,
    flags: details.flags,
    piece: -1,
    index: -1,
  };
}
