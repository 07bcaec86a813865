import { addOtlpBody, type OtlpBodyTarget } from '../importers/otlp/addOtlpBody.ts';
import type { ReceiverSink } from './receiverSink.ts';

/** A sink that adds everything to a run in memory; bodies are added one behind the other. */
export function receiveIntoRun(target: OtlpBodyTarget): ReceiverSink {
  let last: Promise<unknown> = Promise.resolve();
  return {
    accept: ({ signal, contentType, bytes }) => {
      const added = last.then(() => addOtlpBody(target, signal, contentType, bytes));
      last = added.catch(() => undefined);
      return added;
    },
  };
}
