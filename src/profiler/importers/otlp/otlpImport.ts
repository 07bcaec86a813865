import type { ImportTarget } from '../importer.ts';
import { OtlpClock } from './otlpClock.ts';
import { clientOf } from './resourceEnvironment.ts';
import { RunSink } from './runSink.ts';

/** The sink of a file: the run begins with its first record, when its clock and its resource are known. */
export function importSink(target: ImportTarget): RunSink {
  const clock = new OtlpClock();
  const sink: RunSink = new RunSink(clock, () => {
    const { client, clientVersion } = clientOf(sink.currentResource);
    return target.begin({ epochNs: clock.epochNs, client, clientVersion });
  });
  return sink;
}
