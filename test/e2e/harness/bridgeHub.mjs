import net from 'node:net';

/**
 * Where the companion extension (../bridge) of each window connects.
 * Gives a map of workspace folder -> {call, pid}; the newest extension host of a folder wins.
 */
export async function listenForBridges(address) {
  const bridges = new Map();
  const hub = net.createServer((socket) => {
    const waiting = new Map();
    let rest = '';
    let next = 1;
    const call = (source, arg) =>
      new Promise((yes, no) => {
        waiting.set(next, { yes, no });
        socket.write(JSON.stringify({ id: next++, source, arg }) + '\n');
      });
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const { no } of waiting.values()) no(new Error('the extension host went away'));
      for (const [folder, bridge] of bridges) {
        if (bridge.socket === socket) bridges.delete(folder);
      }
    });
    socket.setEncoding('utf8').on('data', (data) => {
      const lines = (rest + data).split('\n');
      rest = lines.pop();
      for (const message of lines.map((line) => JSON.parse(line))) {
        if ('folder' in message) {
          bridges.set(message.folder, { call, socket, pid: message.pid });
          continue;
        }
        const asked = waiting.get(message.id);
        waiting.delete(message.id);
        if ('error' in message) asked?.no(new Error(message.error));
        else asked?.yes(message.result);
      }
    });
  });
  await new Promise((resolve) => hub.listen(address, resolve));
  return { bridges, close: () => hub.close() };
}
