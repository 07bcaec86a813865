import { ChartProgress } from '../../protocol/chartMessages.ts';
import {
  CloseDiff,
  DiffMarks,
  DiffPartner,
  DiffSpans,
  OpenDiff,
} from '../../protocol/runMessages.ts';
import { abortSignalOf } from '../abortSignalOf.ts';
import { chartHeader } from '../charts/chartHeader.ts';
import { chartsOf } from '../charts/chartsOf.ts';
import type { CreateService } from '../workerContext.ts';
import { Differ } from './differ.ts';
import { OpenDiffs } from './openDiffs.ts';

/** Compares two runs span by span, for as long as a panel shows them. */
export const createDiffService: CreateService = (context) => {
  const { connection } = context;
  const differ = new Differ();
  const diffs = new OpenDiffs(chartsOf(context), differ);
  const stopping = new AbortController();
  connection.handle(OpenDiff, async ({ operation, a, b }, signal) => {
    const held = await diffs.open({ a, b }, abortSignalOf(signal, stopping.signal), (progress) =>
      connection.notify(ChartProgress, { operation, ...progress }),
    );
    return {
      diff: held.handle,
      a: chartHeader(held.a),
      b: chartHeader(held.b),
      ...held.diff.facts(),
    };
  });
  connection.handle(DiffMarks, ({ diff, side, view, track, piece }) => ({
    bytes: diffs.use(diff).marks(side, view, track, piece),
  }));
  connection.handle(DiffSpans, ({ diff, view, of }) => diffs.use(diff).spans(view, of));
  connection.handle(DiffPartner, ({ diff, side, view, span }) => ({
    partner: diffs.use(diff).partnerOf(side, view, span),
  }));
  connection.handle(CloseDiff, ({ diff }) => {
    diffs.close(diff);
    return {};
  });
  return {
    stop: async () => {
      stopping.abort();
      await differ.stop();
    },
  };
};
