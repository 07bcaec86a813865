import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as messages from '../../../src/protocol/messages.ts';
import { RpcConnection } from '../../../src/protocol/rpc.ts';
import { RpcError } from '../../../src/protocol/rpcError.ts';
import { WorkerClient } from '../../../src/extension/workerClient/workerClient.ts';
import type { WorkerHandle } from '../../../src/extension/workerClient/workerProcess.ts';
import type { WorkerState } from '../../../src/extension/workerClient/workerState.ts';
import { linkedTransports } from '../protocol/linkedTransports.ts';

interface FakeWorker extends WorkerHandle {
  end(how: string): void;
  killed: boolean;
}

let workers: FakeWorker[];
let states: WorkerState[];
let refusal: RpcError | undefined;
let startError: RpcError | undefined;
let client: WorkerClient;

function startFake(): FakeWorker {
  if (startError) throw startError;
  const [here, there] = linkedTransports();
  const exits: ((how: string) => void)[] = [];
  let ended = false;
  const worker: FakeWorker = {
    transport: here,
    pid: 100 + workers.length,
    killed: false,
    onExit: (listener) => void exits.push(listener),
    end: (how) => {
      if (ended) return;
      ended = true;
      there.close();
      for (const exit of exits) exit(how);
    },
    kill: () => {
      worker.killed = true;
      worker.end('SIGKILL');
    },
  };
  const connection = new RpcConnection(there, () => undefined);
  connection.handle(messages.Handshake, ({ protocolVersion }) => {
    if (refusal) throw refusal;
    return { protocolVersion, pid: worker.pid!, node: 'v24', home: '/library' };
  });
  connection.handle(messages.List, () => ({ videos: [] }));
  connection.handle(messages.Doctor, () => new Promise(() => undefined));
  connection.handle(messages.Shutdown, () => {
    setTimeout(() => worker.end('exit code 0'), 1);
    return {};
  });
  workers.push(worker);
  return worker;
}

beforeEach(() => {
  vi.useRealTimers();
  workers = [];
  states = [];
  refusal = undefined;
  startError = undefined;
  client = new WorkerClient({
    start: startFake,
    options: () => ({}),
    serve: () => undefined,
    onState: (state) => states.push(state),
    log: () => undefined,
  });
});

const kinds = (): string[] => states.map(({ kind }) => kind);

describe('WorkerClient', () => {
  it('starts the worker with the first request, once', async () => {
    expect(workers).toHaveLength(0);
    await Promise.all([client.request(messages.List, {}), client.request(messages.List, {})]);
    expect(workers).toHaveLength(1);
    expect(kinds()).toEqual(['starting', 'running']);
  });

  it('rejects what is pending when the worker crashes, and starts it again', async () => {
    const pending = client.request(messages.Doctor, {});
    pending.catch(() => undefined);
    await client.request(messages.List, {});
    workers[0]!.end('SIGSEGV');
    await expect(pending).rejects.toMatchObject({ code: 'rpc.disconnected' });
    expect(states.at(-1)).toMatchObject({ kind: 'restarting', attempt: 1, delayMs: 500 });
    await vi.waitFor(() => expect(kinds().at(-1)).toBe('running'), { timeout: 2000 });
    expect(workers).toHaveLength(2);
  });

  it('does not wait for the back-off when somebody asks', async () => {
    await client.request(messages.List, {});
    workers[0]!.end('SIGKILL');
    await client.request(messages.List, {});
    expect(workers).toHaveLength(2);
  });

  it('gives up after some crashes, and tries again when asked', async () => {
    for (let crash = 0; crash < 6; crash++) {
      await client.request(messages.List, {});
      workers.at(-1)!.end('SIGABRT');
    }
    expect(states.at(-1)).toMatchObject({ kind: 'failed' });
    await expect(client.request(messages.List, {})).resolves.toEqual({ videos: [] });
  });

  it('tells why the library cannot be opened, kills that worker, and does not loop', async () => {
    refusal = new RpcError({
      code: 'store.newer-version',
      message: 'The library is of a newer version.',
      action: 'Update Earshot.',
    });
    await expect(client.request(messages.List, {})).rejects.toMatchObject({
      code: 'store.newer-version',
    });
    expect(workers[0]!.killed).toBe(true);
    expect(states.at(-1)).toMatchObject({ kind: 'failed', action: 'Update Earshot.' });
    refusal = undefined;
    await client.request(messages.List, {});
    expect(workers).toHaveLength(2);
  });

  it('says what is wrong where no worker can be started', async () => {
    startError = new RpcError({ code: 'worker.node-api', message: 'Too old.', action: 'Update.' });
    await expect(client.request(messages.List, {})).rejects.toMatchObject({
      code: 'worker.node-api',
    });
    expect(states.at(-1)).toMatchObject({ kind: 'failed', message: 'Too old.' });
  });

  it('restarts with new settings, and only a worker that runs', async () => {
    await client.restart();
    expect(workers).toHaveLength(0);
    await client.request(messages.List, {});
    await client.restart();
    expect(workers).toHaveLength(2);
    expect(kinds()).toEqual(['stopped', 'starting', 'running', 'stopped', 'starting', 'running']);
  });

  it('keeps one worker where a request comes while it restarts', async () => {
    await client.request(messages.List, {});
    const restarted = client.restart();
    await client.request(messages.List, {});
    await restarted;
    expect(workers).toHaveLength(2);
    expect(states.at(-1)).toMatchObject({ kind: 'running', pid: workers[1]!.pid });
  });

  it('ends the worker on dispose and starts none after', async () => {
    await client.request(messages.List, {});
    await client.dispose();
    expect(states.at(-1)).toEqual({ kind: 'stopped' });
    await expect(client.request(messages.List, {})).rejects.toMatchObject({
      code: 'rpc.disconnected',
    });
    expect(workers).toHaveLength(1);
  });
});
