import { once } from 'node:events';
import { createServer } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { OtlpAcceptance } from '../../../../src/profiler/importers/otlp/otlpAcceptance.ts';
import { RunBuilder } from '../../../../src/profiler/model/runBuilder.ts';
import { receiveIntoRun } from '../../../../src/profiler/receiver/receiveIntoRun.ts';
import {
  type Receiver,
  type ReceiverOptions,
  startReceiver,
} from '../../../../src/profiler/receiver/receiver.ts';
import type { ReceivedBody } from '../../../../src/profiler/receiver/receiverSink.ts';
import { aRequest, aSpan } from '../importers/otlp/otlpRequests.ts';
import { overTheWire } from './recordedRequests.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' };
const ACCEPTED: OtlpAcceptance = { accepted: 1, rejected: 0, message: '', malformed: false };

const started: Receiver[] = [];
afterEach(async () => {
  for (const receiver of started.splice(0)) await receiver.close();
});

function aBuilder(): RunBuilder {
  return new RunBuilder({
    id: 'run',
    name: 'run',
    kind: 'trace',
    epochNs: 1_790_000_000_000_000_000n,
    provenance: { client: '', version: '', format: 'otlp' },
  });
}

async function start(options: Partial<ReceiverOptions> = {}): Promise<Receiver> {
  const sink = options.sink ?? receiveIntoRun({ builder: aBuilder() });
  const receiver = await startReceiver({ port: 0, ...options, sink });
  started.push(receiver);
  return receiver;
}

async function post(
  { url }: Receiver,
  path: string,
  body: string | Uint8Array | undefined,
  headers: Record<string, string>,
  method = 'POST',
): Promise<{ status: number; type: string | null; text: string; headers: Headers }> {
  const answer = await fetch(url + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const { status, headers: got } = answer;
  return { status, type: got.get('content-type'), text: await answer.text(), headers: got };
}

/** A sink that answers when it is told to. */
function heldSink(): {
  sink: ReceiverOptions['sink'];
  release: () => void;
  bodies: ReceivedBody[];
} {
  const bodies: ReceivedBody[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const accept = async (body: ReceivedBody): Promise<OtlpAcceptance> => {
    bodies.push(body);
    await released;
    return ACCEPTED;
  };
  return { sink: { accept }, release, bodies };
}

describe('a request', () => {
  it.each([
    ['as it is', (body: string) => body, {}],
    ['in gzip', (body: string) => gzipSync(body), { 'content-encoding': 'gzip' }],
    ['in deflate', (body: string) => deflateSync(body), { 'content-encoding': 'Deflate' }],
  ])('is taken %s', async (_how, encode, headers) => {
    const builder = aBuilder();
    const receiver = await start({ sink: receiveIntoRun({ builder }) });
    const body = encode(aRequest([aSpan(1), aSpan(2)]));
    const answer = await post(receiver, '/v1/traces', body, { ...JSON_TYPE, ...headers });
    expect(answer).toMatchObject({ status: 200, type: 'application/json', text: '{}' });
    expect(builder.spanCount).toBe(2);
  });

  it('that is empty succeeds', async () => {
    const receiver = await start();
    for (const path of ['/v1/traces', '/v1/logs', '/v1/metrics', '//v1//traces/?x=1']) {
      expect((await post(receiver, path, '{}', JSON_TYPE)).text).toBe('{}');
      expect(await post(receiver, path, '', PROTOBUF_TYPE)).toMatchObject({
        status: 200,
        type: 'application/x-protobuf',
        text: '',
      });
    }
  });

  it('that is taken in part is told so in its own type', async () => {
    const receiver = await start();
    const body = aRequest([aSpan(1), aSpan(2, { spanId: 'x' }), aSpan(3, { spanId: '' })]);
    const answer = await post(receiver, '/v1/traces', body, JSON_TYPE);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({
      partialSuccess: {
        rejectedSpans: '2',
        errorMessage: expect.stringMatching(
          /^a span whose span id is not 16 hexadecimal digits, at byte \d+$/u,
        ),
      },
    });
  });

  it.each([
    ['of another path', '/v1/other', '{}', JSON_TYPE, 'POST', 404, 'There is nothing here but'],
    ['with a profile', '/v1development/profiles', '', PROTOBUF_TYPE, 'POST', 404, 'not stable yet'],
    ['that is no POST', '/v1/traces', undefined, JSON_TYPE, 'GET', 405, 'takes POST only'],
    [
      'of another type',
      '/v1/traces',
      'x',
      { 'content-type': 'text/plain' },
      'POST',
      415,
      'application/x-protobuf or',
    ],
    [
      'in another encoding',
      '/v1/traces',
      'x',
      { ...JSON_TYPE, 'content-encoding': 'br' },
      'POST',
      415,
      'The encoding br',
    ],
    ['that is no JSON', '/v1/traces', '{"a":', JSON_TYPE, 'POST', 400, 'ends before the value'],
    ['that is no protobuf', '/v1/logs', '\u000b\u0003', PROTOBUF_TYPE, 'POST', 400, 'wire type 3'],
    [
      'that is no gzip',
      '/v1/logs',
      'no gzip at all',
      { ...PROTOBUF_TYPE, 'content-encoding': 'gzip' },
      'POST',
      400,
      'incorrect header',
    ],
  ])('%s is refused with a reason', async (_what, path, body, headers, method, status, reason) => {
    const answer = await post(await start(), path, body, headers, method);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(reason);
    const protobuf = headers['content-type'] === 'application/x-protobuf';
    expect(answer.type).toBe(protobuf ? 'application/x-protobuf' : 'application/json');
    if (!protobuf) expect(JSON.parse(answer.text)).toMatchObject({ code: expect.any(Number) });
    if (status === 405) expect(answer.headers.get('allow')).toBe('POST');
  });

  it('beyond the limit is refused, also where it grows beyond it', async () => {
    const receiver = await start({ limits: { bodyBytes: 100_000 } });
    const large = Buffer.alloc(200_000);
    expect((await post(receiver, '/v1/traces', large, PROTOBUF_TYPE)).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().arrayBuffers;
    const gzip = { ...PROTOBUF_TYPE, 'content-encoding': 'gzip' };
    expect((await post(receiver, '/v1/traces', bomb, gzip)).status).toBe(413);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it('in HTTP/1.0, with headers in any case and without a length, is understood', async () => {
    const { port } = await start();
    const old =
      'POST /v1/traces HTTP/1.0\r\nCONTENT-type: application/json\r\ncontent-LENGTH: 2\r\n\r\n{}';
    expect(await overTheWire(port, old)).toContain('200 OK');
    const chunked =
      'POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: Chunked\r\ncontent-type: application/json\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n';
    expect(await overTheWire(port, chunked)).toContain('200 OK');
  });
});

describe('a client', () => {
  it('that never finishes its body is answered and cut off', async () => {
    const receiver = await start({ limits: { bodyMilliseconds: 100 } });
    const head =
      'POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
    const answer = await overTheWire(receiver.port, `${head}content-length: 100\r\n\r\n{`);
    expect(answer).toContain('HTTP/1.1 408 Request Timeout');
    expect(answer).toContain('The body did not arrive within 0.1 s.');
    expect(receiver.stats.refused).toBe(1);
  });

  it('that goes away in the middle of its body leaves nothing behind', async () => {
    const held = heldSink();
    const receiver = await start({ sink: held.sink, limits: { requests: 1 } });
    const { connect } = await import('node:net');
    const socket = connect(receiver.port, '127.0.0.1');
    socket.write(
      'POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    );
    await once(socket, 'connect');
    socket.destroy();
    held.release();
    await expect.poll(() => receiver.stats.refused, { timeout: 5000 }).toBe(1);
    // Its place is free again.
    expect((await post(receiver, '/v1/traces', '{}', JSON_TYPE)).status).toBe(200);
    expect(held.bodies).toHaveLength(1);
  });

  it('is asked to come again where too much is on its way', async () => {
    const held = heldSink();
    const receiver = await start({ sink: held.sink, limits: { requests: 1, bytesInFlight: 1000 } });
    const first = post(receiver, '/v1/traces', '{}', JSON_TYPE);
    await expect.poll(() => held.bodies.length, { timeout: 5000 }).toBe(1);
    const second = await post(receiver, '/v1/traces', '{}', JSON_TYPE);
    expect(second.status).toBe(503);
    expect(second.headers.get('retry-after')).toBe('1');
    held.release();
    expect((await first).status).toBe(200);
    const large = await post(receiver, '/v1/traces', Buffer.alloc(2000), PROTOBUF_TYPE);
    expect(large.status).toBe(429);
    expect(large.headers.get('retry-after')).toBe('1');
  });

  it('is asked to come again where its body could not be kept', async () => {
    const accept = (): Promise<never> => Promise.reject(new Error('the disk is full'));
    const answer = await post(await start({ sink: { accept } }), '/v1/traces', '{}', JSON_TYPE);
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('the disk is full');
  });

  it('that speaks gRPC is noticed', async () => {
    const receiver = await start();
    await overTheWire(receiver.port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    expect(receiver.stats.grpcClients).toBe(1);
  });

  it('that sends no HTTP is cut off', async () => {
    const receiver = await start();
    expect(await overTheWire(receiver.port, '\0\0\0nonsense\r\n\r\n')).toContain('400 Bad Request');
  });
});

describe('a web page', () => {
  it('cannot send by a host name that was pointed here', async () => {
    const { port } = await start();
    const request = (host: string): string =>
      `POST /v1/traces HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`;
    expect(await overTheWire(port, request('evil.example:4318'))).toContain('403 Forbidden');
    expect(await overTheWire(port, request('127.0.0.1.evil.example'))).toContain('403 Forbidden');
    for (const host of ['localhost:4318', '127.0.0.1', '[::1]:4318', 'app.localhost']) {
      expect(await overTheWire(port, request(host))).toContain('200 OK');
    }
  });

  it('cannot send from its origin unless that is allowed', async () => {
    const origin = 'http://localhost:3000';
    const closed = await start();
    const refused = await post(closed, '/v1/traces', '{}', { ...JSON_TYPE, origin });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();

    const open = await start({ allowOrigin: origin });
    const preflight = await post(
      open,
      '/v1/traces',
      undefined,
      {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
      'OPTIONS',
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
    const allowed = await post(open, '/v1/traces', '{}', { ...JSON_TYPE, origin });
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    const other = await post(open, '/v1/traces', '{}', {
      ...JSON_TYPE,
      origin: 'http://evil.example',
    });
    expect(other.status).toBe(403);
  });
});

describe('the receiver', () => {
  it('says that a port is taken', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({ code: 'receiver.no-port' });
  });

  it('takes the next free port where the usual one is taken', async () => {
    const other = createServer().listen(4318, '127.0.0.1');
    // Where it is taken already, that will do as well.
    await new Promise<void>((resolve) => {
      other.once('listening', resolve).once('error', () => resolve());
    });
    try {
      const receiver = await startReceiver({ sink: receiveIntoRun({ builder: aBuilder() }) });
      started.push(receiver);
      expect(receiver.port).toBeGreaterThan(4318);
      expect(receiver.url).toBe(`http://127.0.0.1:${receiver.port}`);
    } finally {
      other.close();
    }
  });

  it('finishes what is on its way before it closes', async () => {
    const held = heldSink();
    const receiver = await start({ sink: held.sink });
    const answer = post(receiver, '/v1/traces', '{}', JSON_TYPE);
    await expect.poll(() => held.bodies.length, { timeout: 5000 }).toBe(1);
    let closed = false;
    const closing = receiver.close().then(() => (closed = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(closed).toBe(false);
    held.release();
    expect((await answer).status).toBe(200);
    await closing;
    await expect(post(receiver, '/v1/traces', '{}', JSON_TYPE)).rejects.toThrow();
  });
});
