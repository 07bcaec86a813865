import { describe, expect, it } from 'vitest';
import { Doctor, List, Log, Search, Shutdown, Waiting } from '../../../src/protocol/messages.ts';
import { RpcConnection } from '../../../src/protocol/rpc.ts';
import { linkedTransports } from './linkedTransports.ts';

function connect() {
  const [a, b] = linkedTransports();
  const problems: string[] = [];
  const asker = new RpcConnection(a, (problem) => problems.push(`asker: ${problem}`));
  const answerer = new RpcConnection(b, (problem) => problems.push(`answerer: ${problem}`));
  return { a, b, asker, answerer, problems };
}

const search = { text: 'x', semantic: false, limit: 5 };

describe('RpcConnection', () => {
  it('answers a request with the parsed result', async () => {
    const { asker, answerer } = connect();
    answerer.handle(Search, ({ text }) => ({
      hits: [
        {
          videoId: 'v',
          title: text,
          source: 's',
          start: 0,
          end: 1,
          speaker: 'Speaker 1',
          text: 'x',
          snippet: '[x]',
          score: 1,
          segment: 0,
        },
      ],
    }));
    const { hits } = await asker.request(Search, search);
    expect(hits[0]!.title).toBe('x');
  });

  it('answers an unknown method, bad parameters and a thrown error with typed errors', async () => {
    const { asker, answerer } = connect();
    await expect(asker.request(List, {})).rejects.toMatchObject({ code: 'rpc.unknown-method' });
    answerer.handle(Search, () => ({ hits: [] }));
    await expect(asker.request(Search, { ...search, limit: 0 })).rejects.toMatchObject({
      code: 'rpc.bad-params',
    });
    answerer.handle(List, () => {
      throw Object.assign(new Error('the disk is full'), { code: 'disk', action: 'Free space.' });
    });
    await expect(asker.request(List, {})).rejects.toMatchObject({
      code: 'disk',
      message: 'the disk is full',
      action: 'Free space.',
    });
    answerer.handle(Doctor, () => Promise.reject(new TypeError('oops')));
    await expect(asker.request(Doctor, {})).rejects.toMatchObject({
      code: 'rpc.internal',
      message: 'oops',
    });
  });

  it('refuses a result of another shape', async () => {
    const { asker, answerer } = connect();
    answerer.handle(List, () => ({ videos: 7 }) as never);
    await expect(asker.request(List, {})).rejects.toMatchObject({ code: 'rpc.bad-result' });
  });

  it('cancels the handler when the asker cancels', async () => {
    const { asker, answerer } = connect();
    answerer.handle(
      Shutdown,
      (_params, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () =>
            reject(Object.assign(new Error('stopped'), { code: 'cancelled', action: '' })),
          );
        }),
    );
    const controller = new AbortController();
    const asked = asker.request(Shutdown, {}, controller.signal);
    setTimeout(() => controller.abort(), 5);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await expect(asker.request(Shutdown, {}, controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('rejects what is pending, and what comes later, when the peer goes; its handlers are cancelled', async () => {
    const { asker, answerer, b } = connect();
    let cancelled = false;
    answerer.handle(
      Shutdown,
      (_params, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => (cancelled = true));
          setTimeout(() => b.close(), 1);
        }),
    );
    await expect(asker.request(Shutdown, {})).rejects.toMatchObject({ code: 'rpc.disconnected' });
    expect(cancelled).toBe(true);
    await expect(asker.request(List, {})).rejects.toMatchObject({ code: 'rpc.disconnected' });
  });

  it('survives malformed messages and failing listeners, and says so', async () => {
    const { a, asker, answerer, problems } = connect();
    answerer.handle(List, () => ({ videos: [] }));
    for (const message of [null, 5, 'x', {}, { kind: 'request' }, { kind: 'result', id: 'no' }]) {
      a.send(message);
    }
    asker.notify(Waiting, { operation: 'nobody listens', ahead: 0 });
    answerer.listen(Log, () => {
      throw new Error('listener failed');
    });
    a.send({ kind: 'notification', method: 'log', params: { level: 'loud' } });
    asker.notify(Log, { level: 'info', message: 'x' });
    await expect(asker.request(List, {})).resolves.toEqual({ videos: [] });
    expect(problems).toHaveLength(9);
    expect(problems.at(-1)).toContain('listener failed');
  });
});
