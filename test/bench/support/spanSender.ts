/** A program that sends spans to a receiver: `node spanSender.ts PORT SPANS_PER_SECOND SECONDS` (0 spans a second: as fast as it can). */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type MadeSpan, madeSpans, protobufRequest } from './otlpFiles.ts';

const [port = 0, spansPerSecond = 0, seconds = 0] = process.argv.slice(2).map(Number);
/** As many as the SDKs' batch processors send at a time by default. */
const BATCH = 512;
const CONNECTIONS = 4;
/** Bodies that are made beforehand where there is no rate: they are sent again and again. */
const POOL = 64;

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const wanted = spansPerSecond > 0 ? Math.ceil((spansPerSecond * seconds) / BATCH) : POOL;
const bodies: Uint8Array[] = [];
let batch: MadeSpan[] = [];
for (const span of madeSpans(wanted * BATCH)) {
  batch.push(span);
  if (batch.length < BATCH) continue;
  bodies.push(protobufRequest(batch));
  batch = [];
}

function send(body: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/v1/traces',
        headers: { 'content-type': 'application/x-protobuf', 'content-length': body.length },
      },
      (answer) => {
        answer.resume().once('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`HTTP ${String(answer.statusCode)}`));
        });
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

const start = performance.now();
let spans = 0;
if (spansPerSecond > 0) {
  const sending: Promise<void>[] = [];
  for (const [i, body] of bodies.entries()) {
    const due = start + (i * BATCH * 1000) / spansPerSecond;
    await pause(Math.max(0, due - performance.now()));
    sending.push(send(body));
    spans += BATCH;
  }
  await Promise.all(sending);
} else {
  const until = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, lane) => {
      for (let i = lane; performance.now() < until; i += CONNECTIONS) {
        await send(bodies[i % bodies.length] ?? new Uint8Array());
        spans += BATCH;
      }
    }),
  );
}
agent.destroy();
console.log(JSON.stringify({ spans, seconds: (performance.now() - start) / 1000 }));
