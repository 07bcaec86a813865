import { describe, expect, it } from 'vitest';
import { WebviewTransport } from '../../../../src/extension/panels/webviewTransport.ts';

function recorded(): { readonly sent: unknown[]; readonly transport: WebviewTransport } {
  const sent: unknown[] = [];
  const postMessage = (message: unknown): Promise<boolean> => {
    sent.push(message);
    return Promise.resolve(true);
  };
  return { sent, transport: new WebviewTransport({ postMessage }) };
}

describe('WebviewTransport', () => {
  it('sends bytes as plain arrays of their own size, whatever they came in', () => {
    const { sent, transport } = recorded();
    const large = new Uint8Array(1000).fill(7);
    const own = Uint8Array.of(1, 2);
    transport.send({
      kind: 'result',
      id: 1,
      result: { a: Buffer.from([1, 2]), b: large.subarray(10, 12), own, text: 'x', list: [1] },
    });
    const [{ result }] = sent as [{ result: Record<string, Uint8Array> }];
    expect(result).toEqual({
      a: Uint8Array.of(1, 2),
      b: Uint8Array.of(7, 7),
      own,
      text: 'x',
      list: [1],
    });
    for (const key of ['a', 'b', 'own']) {
      expect(Object.getPrototypeOf(result[key])).toBe(Uint8Array.prototype);
      expect(result[key]!.buffer.byteLength).toBe(2);
    }
    expect(result['own']).toBe(own);
  });

  it('neither sends nor hears once it is closed, and tells that once', () => {
    const { sent, transport } = recorded();
    const heard: unknown[] = [];
    let closed = 0;
    transport.onMessage((message) => heard.push(message));
    transport.onClose(() => (closed += 1));
    transport.deliver('first');
    transport.close();
    transport.close();
    transport.send('late');
    transport.deliver('late');
    expect([sent, heard, closed]).toEqual([[], ['first'], 1]);
  });

  it('does not fail where the webview is gone', async () => {
    const gone = new WebviewTransport({
      postMessage: () => {
        throw new Error('Webview is disposed');
      },
    });
    gone.send('x');
    const refusing = new WebviewTransport({
      postMessage: () => Promise.reject(new Error('Canceled')),
    });
    refusing.send('x');
    await Promise.resolve();
  });
});
