import { readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../fixtures/profiles/otlp');

/** What a program of test/fixtures/programs/otlp says it sent. */
export interface SentTruth {
  readonly spans: number;
  readonly depth: number;
  readonly names: Readonly<Record<string, number>>;
  readonly parents: Readonly<Record<string, string>>;
  readonly errors: readonly string[];
  readonly events: Readonly<Record<string, number>>;
  readonly links: number;
  readonly logs: Readonly<Record<string, number>>;
  readonly counters: Readonly<Record<string, number>>;
  readonly process: string;
}

/** The requests that a real SDK sent, as they came over the wire, and what the program says of them. */
export function recorded(sdk: string): { requests: Buffer[]; truth: SentTruth } {
  const folder = join(FOLDER, sdk);
  const names = readdirSync(folder).filter((name) => name.endsWith('.http'));
  return {
    requests: names.sort().map((name) => readFileSync(join(folder, name))),
    truth: JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as SentTruth,
  };
}

/** Path of a recorded file that is no request. */
export function recordedFile(name: string): string {
  return join(FOLDER, name);
}

/**
 * Sends bytes over a socket and gives all that comes back until the other side closes, or until a whole answer with a
 * length has come.
 */
export function overTheWire(
  port: number,
  ...pieces: readonly (Buffer | string)[]
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece);
    });
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      answer += text;
      const [head = '', body] = answer.split('\r\n\r\n', 2);
      const length = /content-length: (\d+)/iu.exec(head)?.[1];
      if (body !== undefined && length !== undefined && body.length >= Number(length)) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
