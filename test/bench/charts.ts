import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { ChartModel } from '../../src/profiler/chart/chartModel.ts';
import { encodePiece } from '../../src/profiler/chart/chartColumns.ts';
import { piecesOf } from '../../src/profiler/chart/timeLayout.ts';
import {
  ChartChanged,
  ChartFunctions,
  ChartOverview,
  ChartPiece,
  ChartProgress,
  OpenChart,
} from '../../src/protocol/chartMessages.ts';
import { Log } from '../../src/protocol/messages.ts';
import { RpcConnection } from '../../src/protocol/rpc.ts';
import { portTransport } from '../../src/protocol/rpcTransport.ts';
import { openLibraryAt } from '../../src/store/library.ts';
import { createChartsService } from '../../src/worker/charts/chartsService.ts';
import { errorReport } from '../../src/worker/errorReport.ts';
import { positive, readOptions } from './support/arguments.ts';
import { chartRun } from './support/chartRun.ts';
import { describeMachine, lookAtMachine } from './support/machine.ts';
import { fixed, megabytes, table } from './support/table.ts';

const USAGE = `node test/bench/charts.ts [options]
Lays runs of several sizes out as charts, and opens each from the library through the worker's service.
  --spans N,N   sizes (10000,100000,1000000)
  --tracks N    threads of each run (64)
  --cpu         processor time instead of wall time: for a machine that is not idle
  --stored      also store each run and open it by the service, with its analysis
  --json        one JSON line instead of a table`;

const options = readOptions(USAGE, {
  spans: { type: 'string', default: '10000,100000,1000000' },
  tracks: { type: 'string', default: '64' },
  cpu: { type: 'boolean', default: false },
  stored: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});

const BUCKETS = 2048;
const hardware = describeMachine(lookAtMachine());
const tracks = positive('tracks', options.tracks);
const rows: Record<string, number | null>[] = [];
for (const text of options.spans.split(',')) rows.push(await measure(positive('spans', text)));

if (options.json) console.log(JSON.stringify({ hardware, tracks, rows }));
else {
  console.log(
    `${hardware}\n${tracks} tracks; ${options.cpu ? 'processor time' : 'times'} in milliseconds\n`,
  );
  const names = Object.keys(rows[0] ?? {});
  console.log(
    table(
      ['', ...rows.map(({ spans }) => `${spans} spans`)],
      names.slice(1).map((name) => [
        name,
        ...rows.map((row) => {
          const value = row[name] ?? null;
          return name.endsWith('memory') ? megabytes(value) : fixed(value, 1);
        }),
      ]),
    ),
  );
}

async function measure(spans: number): Promise<Record<string, number | null>> {
  const run = chartRun(spans, tracks);
  // The first run of that code compiles it.
  new ChartModel(chartRun(1000, tracks)).overview('time', BUCKETS);
  const [model, layout] = timed(() => new ChartModel(run));
  const [, overview] = timed(() => model.overview('time', BUCKETS));
  const [, merged] = timed(() => model.leftHeavy);
  const [, pieces] = timed(() => {
    for (const track of model.layout.tracks) {
      for (let piece = 0; piece < piecesOf(track); piece += 1) {
        const columns = model.piece('time', track.id, piece);
        if (columns !== null) encodePiece(columns);
      }
    }
  });
  const [, critical] = timed(() => model.critical);
  const [, functions] = timed(() => model.functions.top(100));
  const [, sandwich] = timed(() => model.sandwich(3));
  const [, search] = timed(() => model.search('time', 'operation 7', 200_000));
  const stretch = { fromNs: model.extent * 0.1, toNs: model.extent * 0.9, tracks: [] };
  const [, aggregate] = timed(() => model.aggregate(stretch, 100));
  return {
    spans,
    layout,
    overview,
    'merged stacks': merged,
    'layout, overview and merged stacks': layout + overview + merged,
    'all pieces as bytes': pieces,
    'critical path': critical,
    functions,
    sandwich,
    search,
    'aggregate of a stretch': aggregate,
    'layouts memory': bytesOf(model),
    ...(options.stored ? await measureService(spans) : {}),
  };
}

/** Opens the run as a panel does: from the library, over a connection. */
async function measureService(spans: number): Promise<Record<string, number | null>> {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  const library = openLibraryAt(join(folder, 'library.sqlite'));
  const { port1, port2 } = new MessageChannel();
  const service = createChartsService({
    connection: new RpcConnection(portTransport(port2), () => undefined, errorReport),
    library: () => library,
    options: () => ({}),
    log: (_level, message) => console.error(message),
  });
  const asker = new RpcConnection(portTransport(port1), () => undefined);
  asker.listen(ChartProgress, () => undefined);
  asker.listen(Log, () => undefined);
  const analysed = new Promise<void>((resolve) => asker.listen(ChartChanged, () => resolve()));
  try {
    const { id } = storeRun(spans);
    const startedAt = performance.now();
    const header = await asker.request(OpenChart, {
      operation: 'bench',
      source: { kind: 'run', id },
    });
    const opened = performance.now() - startedAt;
    const { chart } = header;
    await asker.request(ChartOverview, { chart, view: 'time', buckets: BUCKETS });
    const pieces = header.tracks.flatMap(({ id: track, pieces: count }) =>
      Array.from({ length: count }, (_, piece) => ({ track, piece })),
    );
    await Promise.all(
      pieces.map((each) => asker.request(ChartPiece, { chart, view: 'time', ...each })),
    );
    const drawn = performance.now() - startedAt;
    await asker.request(ChartFunctions, { chart, limit: 100 });
    if (!header.analysed) await analysed;
    const known = performance.now() - startedAt;
    return {
      'open from the library': opened,
      'until all pieces are there': drawn,
      'until the analysis is there': known,
    };
  } finally {
    await service.stop?.();
    asker.dispose();
    library.close();
    rmSync(folder, { recursive: true, force: true });
  }

  function storeRun(count: number): { id: string } {
    const run = chartRun(count, tracks);
    library.profiles.put(run);
    return run;
  }
}

/** What a chart holds of a run beside the run itself. */
function bytesOf({ layout, names, leftHeavy }: ChartModel): number {
  const columns = [...Object.values(layout), ...Object.values(names), ...Object.values(leftHeavy)];
  let bytes = 0;
  for (const column of columns) if (ArrayBuffer.isView(column)) bytes += column.byteLength;
  return bytes;
}

function clock(): number {
  if (!options.cpu) return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed<T>(work: () => T): readonly [T, number] {
  const startedAt = clock();
  const result = work();
  return [result, clock() - startedAt];
}
