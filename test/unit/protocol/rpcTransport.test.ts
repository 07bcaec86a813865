import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { List, Shutdown } from '../../../src/protocol/messages.ts';
import { RpcConnection } from '../../../src/protocol/rpc.ts';
import { ipcTransport, portTransport } from '../../../src/protocol/rpcTransport.ts';

it('works over a message port, and tells when the port closes', async () => {
  const { port1, port2 } = new MessageChannel();
  const asker = new RpcConnection(portTransport(port1), () => undefined);
  const answerer = new RpcConnection(portTransport(port2), () => undefined);
  answerer.handle(List, () => ({ videos: [] }));
  answerer.handle(Shutdown, () => {
    port2.close();
    return new Promise(() => undefined);
  });
  await expect(asker.request(List, {})).resolves.toEqual({ videos: [] });
  await expect(asker.request(Shutdown, {})).rejects.toMatchObject({ code: 'rpc.disconnected' });
});

it('does not throw when the process has gone', () => {
  const transport = ipcTransport({
    connected: true,
    send: () => {
      throw new Error('ERR_IPC_CHANNEL_CLOSED');
    },
    on: () => undefined,
  });
  expect(() => transport.send({})).not.toThrow();
  expect(() => transport.close()).not.toThrow();
});
