import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as messages from '../../../src/protocol/messages.ts';
import { RpcConnection } from '../../../src/protocol/rpc.ts';
import { WorkerServer } from '../../../src/worker/workerServer.ts';
import { linkedTransports } from '../protocol/linkedTransports.ts';
import { ScriptedEarshot } from './scriptedEarshot.ts';

let home: string;
let earshot: ScriptedEarshot;
let connection: RpcConnection;
let exits: number[];
let waits: string[];
let opened: unknown[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'earshot-worker-'));
  earshot = new ScriptedEarshot();
  exits = [];
  waits = [];
  opened = [];
  const [here, there] = linkedTransports();
  new WorkerServer(there, {
    open: (options) => {
      opened.push(options);
      return Promise.resolve(earshot);
    },
    defaultHome: () => home,
    openLibrary: () => {
      throw new Error('No test opens it.');
    },
    services: [],
    renderDocument: ({ id, transcript }) => ({
      id,
      title: transcript.title,
      source: transcript.source,
      text: transcript.segments.map(({ text }) => text).join('\n'),
      segments: [],
      sections: [],
    }),
    exit: (code) => exits.push(code),
  });
  connection = new RpcConnection(here, () => undefined);
  connection.listen(messages.Waiting, ({ operation, ahead }) =>
    waits.push(`${operation} ${ahead}`),
  );
  connection.listen(messages.IngestEventMessage, () => undefined);
  await connection.request(messages.Handshake, {
    protocolVersion: messages.PROTOCOL_VERSION,
    options: { keepPcm: true },
  });
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function ingest(source: string, signal?: AbortSignal) {
  return connection.request(messages.Ingest, { operation: source, request: { source } }, signal);
}

describe('WorkerServer', () => {
  it('opens the library with the settings that are set, in the default home', () => {
    expect(opened).toEqual([{ keepPcm: true, home }]);
  });

  it('refuses another protocol version, and requests before the handshake', async () => {
    await expect(
      connection.request(messages.Handshake, { protocolVersion: 999, options: {} }),
    ).rejects.toMatchObject({ code: 'worker.version' });
    const [here, there] = linkedTransports();
    new WorkerServer(there, { exit: () => undefined, services: [] } as never);
    const early = new RpcConnection(here, () => undefined);
    await expect(early.request(messages.List, {})).rejects.toMatchObject({
      code: 'worker.no-handshake',
    });
  });

  it('tells the events of an ingest under its name, then answers', async () => {
    const events: string[] = [];
    connection.listen(messages.IngestEventMessage, ({ operation, event }) =>
      events.push(`${operation} ${event.type}`),
    );
    const { results } = await ingest('talk');
    expect(results[0]!.id).toBe('talk');
    expect(events[0]).toBe('talk started');
    expect(events).toHaveLength(9);
  });

  it('passes on what failed and what to do', async () => {
    await expect(ingest('fail')).rejects.toMatchObject({
      code: 'media.no-audio',
      message: 'There is no audio.',
      action: 'Choose another file.',
    });
  });

  it('asks the person for consent', async () => {
    const questions: string[] = [];
    connection.handle(messages.Consent, ({ question }) => {
      questions.push(question);
      return { consented: questions.length === 2 };
    });
    await expect(ingest('ask')).rejects.toMatchObject({ code: 'ytdlp.missing' });
    await expect(ingest('ask')).resolves.toMatchObject({ results: [{ id: 'ask' }] });
    expect(questions[0]).toBe('Install yt-dlp?');
  });

  it('ingests one at a time; a waiting one says so and leaves when cancelled', async () => {
    const leave = new AbortController();
    const first = ingest('slow 1');
    const second = ingest('slow 2', leave.signal);
    const third = ingest('slow 3');
    await vi.waitFor(() => expect(waits).toContain('slow 3 2'));
    leave.abort();
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    expect(waits.at(-1)).toBe('slow 3 1');
    await first;
    await third;
    expect(earshot.started).toEqual(['slow 1', 'slow 3']);
    expect(waits.at(-1)).toBe('slow 3 0');
  });

  it('cancels the running one', async () => {
    const stop = new AbortController();
    const running = ingest('slow', stop.signal);
    await vi.waitFor(() => expect(earshot.started).toEqual(['slow']));
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('shows, searches, removes, checks, reports and exports', async () => {
    await ingest('talk');
    const { videos } = await connection.request(messages.List, {});
    expect(videos.map(({ id }) => id)).toEqual(['talk']);
    const document = await connection.request(messages.Document, { id: 'talk' });
    expect(document.text).toBe('Good morning.\nHard to hear.');
    const report = await connection.request(messages.GetRunReport, { id: 'talk' });
    expect(report.markdown).toBe('# Report\n');
    const path = join(home, 'run.json');
    const { bytes } = await connection.request(messages.ExportRun, {
      id: 'talk',
      format: 'otlp',
      path,
    });
    expect([bytes, readFileSync(path, 'utf8')]).toEqual([8, 'first ok']);
    await connection.request(messages.Remove, { id: 'talk' });
    await expect(connection.request(messages.Show, { id: 'talk' })).rejects.toMatchObject({
      code: 'library.not-found',
    });
  });

  it('stops the work, closes the library and exits on shutdown', async () => {
    const running = ingest('slow');
    const ended = expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await connection.request(messages.Shutdown, {});
    await ended;
    expect(earshot.closed).toBe(true);
    await vi.waitFor(() => expect(exits).toEqual([0]));
  });

  it('does the same when the parent goes', async () => {
    const lost = ingest('slow').catch((error: unknown) => error);
    connection.dispose();
    expect(await lost).toMatchObject({ code: 'rpc.disconnected' });
    await vi.waitFor(() => expect(exits).toEqual([0]));
    expect(earshot.closed).toBe(true);
  });
});
