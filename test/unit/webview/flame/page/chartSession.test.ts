import { beforeEach, expect, it } from 'vitest';
import {
  ChartChanged,
  CloseChart,
  GetChartHeader,
  OpenChart,
} from '../../../../../src/protocol/chartMessages.ts';
import { RpcConnection } from '../../../../../src/protocol/rpc.ts';
import { ChartSession } from '../../../../../webview/flame/page/chartSession.ts';
import { linkedTransports } from '../../../protocol/linkedTransports.ts';
import { chartHeader } from './chartFixtures.ts';

const SOURCE = { kind: 'run', id: 'r1' } as const;

let page: RpcConnection;
let worker: RpcConnection;
let revision: number;
let closed: string[];

beforeEach(() => {
  const [here, there] = linkedTransports();
  page = new RpcConnection(here, () => undefined);
  worker = new RpcConnection(there, () => undefined);
  revision = 0;
  closed = [];
  worker.handle(GetChartHeader, () => ({ ...chartHeader(), revision }));
  worker.handle(CloseChart, ({ chart }) => {
    closed.push(chart);
    return {};
  });
});

/** Lets every message that is under way arrive. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function grow(): void {
  revision += 1;
  worker.notify(ChartChanged, { chart: 'c1', revision });
}

it('tells of what has come meanwhile once, after what came before is drawn', async () => {
  worker.handle(OpenChart, () => ({ ...chartHeader(), revision }));
  const drawn: (() => void)[] = [];
  const told: number[] = [];
  const session = new ChartSession(page, SOURCE, {
    progress: () => undefined,
    header: (header) => {
      told.push(header.revision);
      return new Promise((resolve) => drawn.push(resolve));
    },
    failed: (error) => {
      throw error;
    },
  });
  await session.open();
  grow();
  await settled();
  expect(told).toEqual([0, 1]);
  grow();
  grow();
  await settled();
  expect(told).toEqual([0, 1]);
  drawn[1]?.();
  await settled();
  expect(told).toEqual([0, 1, 3]);
});

it('lets go of a chart that was opened after nobody waited any more', async () => {
  let answer = (): void => undefined;
  worker.handle(OpenChart, async () => {
    await new Promise<void>((resolve) => (answer = resolve));
    return chartHeader();
  });
  let told = 0;
  const session = new ChartSession(page, SOURCE, {
    progress: () => undefined,
    header: () => {
      told += 1;
      return Promise.resolve();
    },
    failed: () => undefined,
  });
  const opening = session.open();
  await settled();
  session.end();
  answer();
  await opening;
  await settled();
  expect([told, closed]).toEqual([0, ['c1']]);
});
