import { randomUUID } from 'node:crypto';
import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import { formatNumber } from '../../../profiler/report/formatNumber.ts';
import { DEFAULT_PORT, type Receiver, startReceiver } from '../../../profiler/receiver/receiver.ts';
import { EXIT } from '../../exitCodes.ts';
import { runGone } from '../../../store/livePieces.ts';
import { LiveLine } from '../../liveLine.ts';
import { LiveListener } from '../../liveListener.ts';
import {
  consolidateLiveRun,
  isEmptyRun,
  liveClaim,
  recoverLiveRuns,
} from '../../../runs/liveRun.ts';
import { ListenEnd } from '../../listenEnd.ts';
import { countText } from '../../countText.ts';
import { type RunResult, runResult } from '../../runResult.ts';
import type { Session } from '../../session.ts';

export interface ListenFlags {
  readonly port?: number;
  readonly host?: string;
  readonly name?: string;
  readonly series?: string;
  readonly allowOrigin?: string;
  /** Seconds. */
  readonly for?: number;
  /** Seconds without anything new, once something has come. */
  readonly idle?: number;
  readonly maxSpans?: number;
}

const CLAIM_RENEWAL_MILLISECONDS = 30_000;
const DEFAULT_NAME = 'received';

/** `profile listen`: receives OTLP/HTTP into the library until it is stopped. Partly done where rows were rejected. */
export async function listen(session: Session, flags: ListenFlags): Promise<number> {
  const { output, io } = session;
  const library = await session.library();
  for (const id of await recoverLiveRuns(library)) {
    output.info(`Run ${id} of a listener that was killed is kept.`);
  }
  const runId = randomUUID();
  const name = flags.name ?? DEFAULT_NAME;
  const end = new ListenEnd(session, flags);
  const listener = new LiveListener(library.livePieces, runId, end.onArrival);
  const receiver = await startReceiver({
    sink: listener,
    host: flags.host,
    port: flags.port,
    allowOrigin: flags.allowOrigin,
  });
  library.claims.take(liveClaim(runId));
  const renewal = setInterval(
    () => library.claims.renew(liveClaim(runId)),
    CLAIM_RENEWAL_MILLISECONDS,
  );
  try {
    const series = flags.series ?? name;
    library.livePieces.begin({ id: runId, name, series, startedAt: new Date().toISOString() });
    const begun = library.profiles.find(runId);
    announce(session, receiver, flags, runId);
    const line =
      io.stderr.isTTY === true && !output.json && !output.quiet
        ? liveLine(session, end, listener)
        : null;
    await end.reached;
    line?.close();
    await receiver.close();
    listener.flush();
    const run = await consolidateLiveRun(library, begun, { status: 'done' });
    if (run === null) throw runGone(runId);
    const empty = isEmptyRun(run);
    if (empty) library.profiles.remove(runId);
    const rejected = Math.max(run.provenance.rejectedCount, listener.counts.rejected);
    const result = { ...runResult(run), runId: empty ? null : runId, rejected };
    tellEnd(session, result);
    grpcHint(session, receiver);
    output.record(result);
    return rejected > 0 ? EXIT.partly : EXIT.ok;
  } finally {
    end.dispose();
    clearInterval(renewal);
    await receiver.close().catch(output.debug);
    library.claims.release(liveClaim(runId));
  }
}

/** What has become of what arrived; without an id where no run was kept. */
function tellEnd(
  { output }: Session,
  result: Omit<RunResult, 'runId'> & { readonly runId: string | null },
): void {
  const { runId, spans, counters, logLines, rejected, rejections } = result;
  if (runId === null && rejected === 0) {
    output.info('Nothing arrived.');
    return;
  }
  if (runId !== null) {
    const counts = [
      countText(spans, 'span'),
      countText(counters, 'counter'),
      countText(logLines, 'log line'),
    ];
    output.info(`${counts.join(', ')}.`);
    output.info(`  → earshot profile report ${runId.slice(0, 8)}`);
  }
  if (rejected === 0) return;
  const [first] = rejections;
  const why = first === undefined ? 'what was sent is no OTLP' : singleLine(first.reason);
  output.warning(`${countText(rejected, 'row')} rejected: ${why}${rejected > 1 ? ', …' : ''}.`);
}

function announce(session: Session, receiver: Receiver, flags: ListenFlags, runId: string): void {
  const { output } = session;
  const { url, port } = receiver;
  output.record({ type: 'listening', url, port, runId });
  const taken = flags.port === undefined && port !== DEFAULT_PORT;
  output.info(`Listening on ${url}${taken ? ` (${DEFAULT_PORT} is taken)` : ''}; Ctrl-C ends it.`);
  output.info('Start the program to be observed with:');
  output.info(`  OTEL_EXPORTER_OTLP_ENDPOINT=${url}`);
  output.info('  OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf');
}

function grpcHint({ output }: Session, { stats }: Receiver): void {
  if (stats.grpcClients === 0) return;
  output.warning(
    'A client spoke gRPC, which is not understood.',
    'Set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf for it.',
  );
}

function liveLine({ io }: Session, end: ListenEnd, listener: LiveListener): LiveLine {
  const begin = { at: io.now(), spans: 0 };
  return new LiveLine(io, () => {
    const { spans, logRecords, rejected } = listener.counts;
    const seconds = (io.now() - begin.at) / 1000;
    const rate = seconds > 0 ? (spans - begin.spans) / seconds : 0;
    begin.at = io.now();
    begin.spans = spans;
    return [
      `${formatNumber(spans)} spans`,
      `${formatNumber(Math.round(rate))} spans/s`,
      ...(logRecords > 0 ? [`${formatNumber(logRecords)} log records`] : []),
      ...(rejected > 0 ? [`${formatNumber(rejected)} rejected`] : []),
      ...(end.stopping ? ['ending'] : []),
    ].join(' · ');
  });
}
