import type { Run } from '../../../src/profiler/model/run.ts';
import { RunBuilder } from '../../../src/profiler/model/runBuilder.ts';
import { SPAN_STATUS } from '../../../src/profiler/model/spanStatus.ts';
import { seededRandom } from './statistics.ts';

/** Spans of one request: its steps are nested eight deep. */
const REQUEST_SPANS = 10;
const SHAPE: readonly (readonly [start: number, length: number, parent: number])[] = [
  [0, 20, -1],
  [0, 12, 0],
  [0.5, 10, 1],
  [1, 8, 2],
  [1.5, 5, 3],
  [2, 3, 4],
  [2.5, 2, 5],
  [2.6, 0.02, 6],
  [13, 6.5, 0],
  [14, 3, 8],
];
const NS_PER_MS = 1e6;
const NAMES = 300;
/** One in so many of the smallest spans fails: an error of 20 µs that must stay visible. */
const ERROR_EVERY = 5000;

/**
 * A run as a server under load makes it: requests of ten spans on so many threads, one in five overlapping the one
 * before, with a counter of samples. Equal arguments give equal runs.
 */
export function chartRun(spans: number, tracks: number): Run {
  const random = seededRandom(1);
  const builder = new RunBuilder({
    id: `chart-${spans}`,
    name: `${spans} spans`,
    kind: 'trace',
    epochNs: 1_790_000_000_000_000_000n,
    provenance: { client: 'bench', version: '1', format: 'otlp-json' },
  });
  const process = builder.track('server', 'process');
  const threads = Array.from({ length: tracks }, (_, i) =>
    builder.track(`server / worker ${i}`, 'thread'),
  );
  const names = Array.from({ length: NAMES }, (_, i) => `module${i % 17}.operation ${i}`);
  const handles = new Uint32Array(REQUEST_SPANS);
  const nextNs = new Float64Array(tracks);
  for (let request = 0; request * REQUEST_SPANS < spans; request += 1) {
    const thread = request % tracks;
    const at = nextNs[thread] ?? 0;
    nextNs[thread] = at + (random() < 0.2 ? 10 : 25) * NS_PER_MS;
    for (let step = 0; step < Math.min(REQUEST_SPANS, spans - request * REQUEST_SPANS); step += 1) {
      const [start, length, parent] = SHAPE[step] ?? [0, 0, -1];
      const failed = step === 7 && request % ERROR_EVERY === 0;
      handles[step] = builder.addSpan({
        name: names[(request * 7 + step * 31) % NAMES] ?? '',
        startNs: at + start * NS_PER_MS,
        durationNs: Math.round(length * (1 - 0.1 * random()) * NS_PER_MS),
        track: threads[thread] ?? 0,
        parent: parent < 0 ? null : (handles[parent] ?? 0),
        status: failed ? SPAN_STATUS.error : SPAN_STATUS.ok,
      });
    }
    if (request % 10 === 0) builder.addSample('memory', 'By', process, at, 1e8 + random() * 1e8);
  }
  return builder.finish({ status: 'done', last: true });
}
