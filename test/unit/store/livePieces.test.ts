import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { LivePiece } from '../../../src/store/livePieces.ts';
import { LiveWriter } from '../../../src/store/liveWriter.ts';
import { openLibraryAt } from '../../../src/store/library.ts';
import { RunBuilder } from '../../../src/profiler/model/runBuilder.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';

const RUN = { id: 'live', name: 'job', series: 'jobs', startedAt: '2026-11-23T00:00:00.000Z' };

function piece(text: string): LivePiece {
  return {
    signal: 'traces',
    contentType: 'application/json',
    receivedAt: 1.5,
    body: Buffer.from(text),
  };
}

function aRun() {
  return new RunBuilder({
    id: RUN.id,
    name: RUN.name,
    kind: 'trace',
    epochNs: 1n,
    provenance: { client: '', version: '', format: 'otlp-json' },
  }).finish({ status: 'done' });
}

describe('a run in pieces', () => {
  it('is in the list as running from its beginning', () => {
    using home = temporaryHome();
    const library = openLibraryAt(join(home.path, 'library.sqlite'));
    library.livePieces.begin(RUN);
    expect(library.profiles.find('last')).toMatchObject({
      ...RUN,
      kind: 'trace',
      status: 'running',
    });
    expect(library.profiles.list({ running: true })).toMatchObject([{ id: 'live' }]);
    expect(library.profiles.list({ running: false })).toEqual([]);
    library.close();
  });

  it('gives its pieces in the order of their arrival, to other connections as well', async () => {
    using home = temporaryHome();
    const path = join(home.path, 'library.sqlite');
    const library = openLibraryAt(path);
    const reader = openLibraryAt(path);
    library.livePieces.begin(RUN);
    const writer = new LiveWriter(library.livePieces, RUN.id);
    await writer.append(piece('a'));
    expect([...reader.livePieces.of(RUN.id)].map(({ body }) => body.toString())).toEqual(['a']);
    await Promise.all([writer.append(piece('b')), writer.append(piece('c'))]);
    expect([...reader.livePieces.of(RUN.id)]).toMatchObject([
      { ordinal: 0, ...piece('a') },
      { ordinal: 1, ...piece('b') },
      { ordinal: 2, ...piece('c') },
    ]);
    expect(reader.livePieces.size(RUN.id)).toEqual({ pieces: 3, bytes: 3 });
    library.close();
    reader.close();
  });

  it('loses its pieces only together with being stored', () => {
    using home = temporaryHome();
    const library = openLibraryAt(join(home.path, 'library.sqlite'));
    library.livePieces.begin(RUN);
    library.livePieces.append(RUN.id, 0, [piece('a')]);
    const failing = () =>
      library.livePieces.consolidate(RUN.id, () => {
        library.profiles.put(aRun());
        throw new Error('the disk is full');
      });
    expect(failing).toThrow('the disk is full');
    expect(library.profiles.find('live').status).toBe('running');
    expect(library.livePieces.size(RUN.id).pieces).toBe(1);

    library.livePieces.consolidate(RUN.id, () => library.profiles.put(aRun(), RUN.series));
    expect(library.profiles.find('live')).toMatchObject({ status: 'done', series: 'jobs' });
    expect(library.livePieces.size(RUN.id).pieces).toBe(0);
    expect(library.profiles.list({ running: true })).toEqual([]);
    library.close();
  });

  it('is stored once only, and takes nothing more then', () => {
    using home = temporaryHome();
    const library = openLibraryAt(join(home.path, 'library.sqlite'));
    library.livePieces.begin(RUN);
    expect(library.livePieces.consolidate(RUN.id, () => library.profiles.put(aRun()))).toBe(true);
    const again = vi.fn();
    expect(library.livePieces.consolidate(RUN.id, again)).toBe(false);
    library.profiles.remove(RUN.id);
    expect(library.livePieces.consolidate(RUN.id, again)).toBe(false);
    expect(again).not.toHaveBeenCalled();
    expect(() => library.livePieces.append(RUN.id, 0, [piece('a')])).toThrow(
      'was removed or ended by another process',
    );
    expect(library.livePieces.size(RUN.id).pieces).toBe(0);
    library.close();
  });

  it('goes with the run', () => {
    using home = temporaryHome();
    const library = openLibraryAt(join(home.path, 'library.sqlite'));
    library.livePieces.begin(RUN);
    library.livePieces.append(RUN.id, 0, [piece('a')]);
    library.profiles.remove(RUN.id);
    expect(library.livePieces.size(RUN.id).pieces).toBe(0);
    library.close();
  });

  it('takes its pieces away in the same transaction as the run', () => {
    using home = temporaryHome();
    const library = openLibraryAt(join(home.path, 'library.sqlite'));
    library.livePieces.begin(RUN);
    library.livePieces.append(RUN.id, 0, [piece('a')]);
    library.database.exec(`CREATE TRIGGER fails BEFORE DELETE ON live_pieces
      BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
    expect(() => library.profiles.remove(RUN.id)).toThrow('the disk is full');
    expect(library.profiles.find('live').status).toBe('running');
    library.close();
  });

  it('leaves no strays: pieces of a run that is gone or done', () => {
    using home = temporaryHome();
    const library = openLibraryAt(join(home.path, 'library.sqlite'));
    for (const id of ['live', 'done', 'gone']) {
      library.livePieces.begin({ ...RUN, id });
      library.livePieces.append(id, 0, [piece(id)]);
    }
    library.database.exec("UPDATE runs SET status = 'done' WHERE id = 'done'");
    library.database.exec("DELETE FROM runs WHERE id = 'gone'");
    library.livePieces.removeStrays();
    const pieces = ['live', 'done', 'gone'].map((id) => library.livePieces.size(id).pieces);
    expect(pieces).toEqual([1, 0, 0]);
    library.close();
  });
});

describe('a writer', () => {
  it('writes what comes together in one transaction', async () => {
    const batches: number[] = [];
    const pieces = {
      append: (_id: string, first: number, some: readonly LivePiece[]) =>
        batches.push(first, some.length),
    };
    const writer = new LiveWriter(pieces as never, RUN.id);
    await Promise.all(['a', 'b', 'c'].map((text) => writer.append(piece(text))));
    await Promise.all(['d', 'e'].map((text) => writer.append(piece(text))));
    expect(batches).toEqual([0, 3, 3, 2]);
  });

  it('tells each of those who wait that it failed, and goes on with the next', async () => {
    let fails = true;
    const written: number[] = [];
    const pieces = {
      append: (_id: string, first: number) => {
        if (fails) throw new Error('the disk is full');
        written.push(first);
      },
    };
    const writer = new LiveWriter(pieces as never, RUN.id);
    const both = await Promise.allSettled([writer.append(piece('a')), writer.append(piece('b'))]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    await writer.append(piece('c'));
    expect(written).toEqual([0]);
  });

  it('writes at once when it is told to', async () => {
    const written: number[] = [];
    const pieces = { append: (_id: string, first: number) => written.push(first) };
    const writer = new LiveWriter(pieces as never, RUN.id);
    const appended = writer.append(piece('a'));
    writer.flush();
    expect(written).toEqual([0]);
    await appended;
  });
});
