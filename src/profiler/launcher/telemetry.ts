import type { RunBuilder } from '../model/runBuilder.ts';
import { ProfilerError } from '../model/profilerError.ts';
import type { SpanHandle } from '../model/spanStore.ts';
import { OtlpId } from '../importers/otlp/otlpRecords.ts';
import { OtlpRunState } from '../importers/otlp/otlpRunState.ts';
import { receiveIntoRun } from '../receiver/receiveIntoRun.ts';
import { type Receiver, startReceiver } from '../receiver/receiver.ts';

type Env = Readonly<Record<string, string | undefined>>;

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] as const;

/** What a program is told by its environment so that its spans join a run. */
export interface Telemetry {
  readonly env: Env;
  /** Of the trace that its spans belong to; a text that only its own children have, too. Null for none. */
  readonly traceParent: string | null;
  /** Takes what is on its way, and ends; gives sentences for the person. */
  stop(): Promise<readonly string[]>;
}

/**
 * Offers a program a receiver for its spans, logs and metrics. What its environment says already stays as it is.
 *
 * @param rootId id of the span that its spans belong under.
 */
export async function offerTelemetry(
  builder: RunBuilder,
  env: Env,
  names: { readonly service: string; readonly traceId: string; readonly rootId: bigint },
): Promise<Telemetry> {
  const theirs = ENDPOINTS.map((name) => env[name]).find((value) => (value ?? '') !== '');
  if (theirs !== undefined || env['OTEL_SDK_DISABLED'] === 'true') {
    const why = theirs === undefined ? 'OTEL_SDK_DISABLED is set' : `they go to ${theirs}`;
    return none(`Spans of the program, if it makes any, are not in this run: ${why}.`);
  }
  let receiver: Receiver;
  try {
    receiver = await startReceiver({ sink: receiveIntoRun({ builder }) });
  } catch (error) {
    if (!(error instanceof ProfilerError)) throw error;
    return none(`Spans of the program, if it makes any, are not in this run: ${error.message}`);
  }
  const rootHex = names.rootId.toString(16).padStart(16, '0');
  const traceParent = `00-${names.traceId}-${rootHex}-01`;
  return {
    traceParent,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      TRACEPARENT: traceParent,
      ...unset(env, {
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_LOGS_EXPORTER: 'otlp',
        OTEL_SERVICE_NAME: names.service,
      }),
    },
    stop: async () => {
      await receiver.close();
      return receiver.stats.grpcClients === 0
        ? []
        : [
            'The program spoke OTLP over gRPC: OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf is understood.',
          ];
    },
  };
}

/** Puts the spans of a trace that name a span as their parent under it. */
export function joinTrace(
  builder: RunBuilder,
  traceId: string,
  rootId: bigint,
  root: SpanHandle,
): void {
  const id = rootId.toString(16).padStart(16, '0');
  const { ids } = OtlpRunState.of(builder);
  ids.take(ids.entry(otlpId(traceId), otlpId(id)), root);
}

function otlpId(hex: string): OtlpId {
  const id = new OtlpId(hex.length / 8);
  id.words.forEach((_, word) => {
    id.words[word] = parseInt(hex.slice(word * 8, word * 8 + 8), 16);
  });
  id.set();
  return id;
}

function unset(env: Env, defaults: Readonly<Record<string, string>>): Env {
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => (env[name] ?? '') === ''));
}

function none(note: string): Telemetry {
  return { env: {}, traceParent: null, stop: () => Promise.resolve([note]) };
}
