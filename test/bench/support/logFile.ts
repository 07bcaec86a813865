import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const START_MS = Date.UTC(2026, 10, 20);
const STATES = ['idle', 'busy', 'draining', 'full', 'closing'];

/** Numbers that look random and are the same each time: Lehmer's generator (Park and Miller, 1988). */
class Numbers {
  #state = 20_261_120;

  below(limit: number): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state % limit;
  }
}

/** One line of ten shapes in turn: Python, logback, glog, syslog, nginx, JSON, logfmt. */
function line(i: number, time: Date, numbers: Numbers): string {
  const iso = time.toISOString();
  const stamp = `${iso.slice(0, 10)} ${iso.slice(11, 19)},${iso.slice(20, 23)}`;
  const clock = iso.slice(11, 19);
  const n = (limit: number): number => numbers.below(limit);
  switch (i % 10) {
    case 0:
      return `${stamp} - app.worker - INFO - Processed ${n(500)} texts in ${n(1000) / 100}s (${n(300) / 10} texts/s)`;
    case 1:
      return `{"level":30,"time":${time.getTime()},"pid":12,"hostname":"h","msg":"request completed","responseTime":${n(900)},"req":{"method":"GET","url":"/api/items/${i}"}}`;
    case 2:
      return `time=${iso} level=info msg="batch done" items=${n(99)} elapsed=${n(10_000) / 10_000}`;
    case 3:
      return `10.0.${i % 255}.7 - - [20/Nov/2026:${clock} +0000] "GET /a/${i} HTTP/1.1" 200 ${n(9999)} "-" "Mozilla/5.0 (X11; Linux x86_64)"`;
    case 4:
      return `Nov 20 ${clock} host app[${i % 9999}]: connection from 10.0.0.${i % 255} port ${1024 + n(60_000)}`;
    case 5:
      return `${stamp} DEBUG [pool-1-thread-${i % 8}] com.acme.cache.Store - cache hit for key user:${n(2 ** 30).toString(16)}`;
    case 6:
      return `I1120 ${clock}.123456   1234 server.go:88] handled request id=${n(1e9)} in ${n(100_000) / 1000}ms`;
    case 7:
      return `${stamp} INFO [main] com.acme.Loader - Loading file /data/in/${i}.wav`;
    case 8:
      return `${stamp} WARN [main] com.acme.Retry - retry ${i % 5} of 5 for shard ${n(64)} failed: timeout after 30s`;
    default:
      return `${stamp} TRACE [worker-${i % 16}] com.acme.Loop - tick ${i} queue depth ${n(100)} state ${STATES[n(5)] ?? ''}`;
  }
}

/** Writes a log of at least so many bytes; the same one each time. @returns its lines */
export async function writeLogFile(path: string, bytes: number): Promise<number> {
  const file = createWriteStream(path, { highWaterMark: 2 ** 22 });
  const numbers = new Numbers();
  let written = 0;
  let ms = START_MS;
  let i = 0;
  while (written < bytes) {
    const lines: string[] = [];
    for (let k = 0; k < 5000; k += 1, i += 1) {
      ms += numbers.below(5);
      lines.push(line(i, new Date(ms), numbers));
    }
    const piece = `${lines.join('\n')}\n`;
    written += piece.length;
    if (!file.write(piece)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return i;
}
