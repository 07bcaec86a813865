import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Library, openLibraryAt } from '../../../src/store/library.ts';
import { searchMeaning, searchWords } from '../../../src/store/search.ts';
import { meaning, publication } from '../../helpers/publication.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';

let home: ReturnType<typeof temporaryHome>;
let library: Library;
const NOW = '2026-01-01T00:00:00Z';

beforeEach(() => {
  home = temporaryHome();
  library = openLibraryAt(join(home.path, 'library.sqlite'));
  for (const id of ['one', 'two'])
    library.videos.insert(id, `https://x.test/${id}`, `Title ${id}`, NOW);
});
afterEach(() => {
  library.close();
  home[Symbol.dispose]();
});

const publish = (videoId: string, texts: readonly string[], firstAxis = 0) => {
  library.publications.publish(publication(videoId, texts, firstAxis), () => undefined);
};
const hits = (text: string) => searchWords(library.database, text, 50).map((hit) => hit.text);
const near = (axis: number) => searchMeaning(library.database, meaning(axis), 1)[0];
const countOf = (table: string) =>
  library.database.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()!.n;

/** FTS5 compares its index with the table it stands for, and throws where they differ. */
const checkWordIndex = () =>
  library.database.exec(
    "INSERT INTO segment_words (segment_words, rank) VALUES ('integrity-check', 1)",
  );

describe('publishing', () => {
  it('makes a transcript searchable by words and by meaning', () => {
    publish('one', ['The quick brown fox', 'jumps over dogs', 'and is gone']);
    expect(library.publications.result('one')).toContain('quick');
    expect(hits('foxes')).toEqual(['The quick brown fox']);
    expect(near(1)).toMatchObject({
      videoId: 'one',
      text: 'jumps over dogs',
      segment: 1,
      start: 1,
    });
    expect(near(1)!.score).toBeCloseTo(1, 5);
    checkWordIndex();
  });

  it('replaces what was there', () => {
    publish('one', ['old words here', 'more old words']);
    publish('one', ['new words'], 10);
    expect(hits('old')).toEqual([]);
    expect(hits('words')).toEqual(['new words']);
    expect(countOf('segment_meanings')).toBe(1);
    expect(countOf('speakers')).toBe(1);
    checkWordIndex();
  });

  it('publishes all or nothing: what fails inside leaves the old transcript', () => {
    publish('one', ['the old text'], 0);
    const failing = publication('one', ['the new text', 'and more'], 20);
    const fail = () => {
      throw new Error('disk full');
    };
    expect(() => library.publications.publish(failing, fail)).toThrow('disk full');
    expect(() =>
      library.publications.publish({ ...failing, result: fail }, () => undefined),
    ).toThrow('disk full');
    expect(hits('text')).toEqual(['the old text']);
    expect(library.publications.result('one')).toBe('["the old text"]');
    expect(countOf('segments')).toBe(1);
    expect(near(20)!.text).toBe('the old text');
    checkWordIndex();
  });

  it('writes what belongs to the transcript in the same transaction', () => {
    const { publications, videos } = library;
    const fails = { ...publication('one', ['x']), result: () => 'not reached' };
    expect(() =>
      publications.publish(fails, () => {
        videos.update('one', { state: 'ready', title: 'New' }, NOW);
        throw new Error('late');
      }),
    ).toThrow('late');
    expect(videos.get('one')).toMatchObject({ title: 'Title one', state: 'ingesting' });
  });

  it('takes everything of a video away with it, and nothing of another', () => {
    publish('one', ['a shared word', 'mine'], 0);
    publish('two', ['a shared word', 'yours'], 10);
    library.stages.begin('one', 'segment', 'key');
    library.stages.putUnit('one', 'segment', '0', Uint8Array.of(1));
    library.runs.put({
      ...{ id: 'r', videoId: 'one', kind: 'ingest', name: 'n', status: 'done' },
      ...{ startedAt: NOW, run: Buffer.of(1) },
    });
    library.videos.remove('one');
    expect(hits('shared')).toEqual(['a shared word']);
    expect(hits('mine')).toEqual([]);
    expect(near(0)!.videoId).toBe('two');
    for (const table of ['segments', 'segment_meanings', 'segment_words']) {
      expect([table, countOf(table)]).toEqual([table, 2]);
    }
    for (const table of ['stages', 'units', 'runs'])
      expect([table, countOf(table)]).toEqual([table, 0]);
    expect(library.publications.result('one')).toBeUndefined();
    checkWordIndex();
  });
});

/** Any characters at all, many of them such as mean something to SQLite. */
const anything = fc
  .array(fc.oneof(fc.nat(0xd7ff), fc.nat(0x7f), fc.integer({ min: 0xe000, max: 0x10ffff })), {
    maxLength: 30,
  })
  .map((points) => String.fromCodePoint(...points));

describe('searching words', () => {
  const texts = [
    'The quick brown fox said hello',
    'Nobody said hello to the naïve café owner',
    'NEAR the end AND nothing OR not',
    'It costs 20 dollars (or 30)',
    'Привет, мир',
  ];
  beforeEach(() => publish('one', texts));

  it.each([
    ['hello', 2],
    ['HELLO fox', 1],
    ['hel', 2],
    ['hel fox', 0],
    ['naive cafe', 1],
    ['NAÏVE', 1],
    ['naïve'.normalize('NFD'), 1],
    ['мир', 1],
    ['30', 1],
    ['near', 1],
    ['', 0],
    ['   ', 0],
  ])('“%s” is in %i segments', (query, count) => {
    expect(hits(query)).toHaveLength(count);
  });

  it.each([
    ['"', 0],
    ['"hello', 2],
    ['hello*', 2],
    ['*', 0],
    ['(hello', 2],
    ['hello)', 2],
    ['NEAR(hello fox, 5)', 0],
    ['AND', 1],
    ['hello NOT fox', 0],
    ['text:hello', 0],
    ['-hello', 2],
    ['^hello', 2],
    ['hello 🙂', 2],
    ['🙂', 0],
    ["'; DROP TABLE segments; --", 0],
    ['hello\u0000', 2],
    ['{hello} + fox', 1],
  ])('takes “%s” for words, not for a query', (query, count) => {
    expect(hits(query)).toHaveLength(count);
  });

  it('never fails, whatever is asked, and finds every text by its own words', () => {
    fc.assert(
      fc.property(anything, (query) => {
        expect(Array.isArray(hits(query))).toBe(true);
      }),
    );
    for (const text of texts) expect(hits(text)).toEqual([text]);
  });

  it('gives the best first, with the words marked, and no more than asked for', () => {
    publish('two', [
      'hello hello hello',
      'a long text in which hello is said a single time among many others',
    ]);
    const found = searchWords(library.database, 'hello', 3);
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({ videoId: 'two', title: 'Title two', segment: 0 });
    expect(found[0]!.snippet).toContain('[hello]');
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });
});

describe('searching meanings', () => {
  it('gives the nearest first, by cosine', () => {
    publish('one', ['a', 'b', 'c']);
    const query = new Float32Array(384);
    query.set([0.6, 0.8]);
    const found = searchMeaning(library.database, query, 3);
    expect(found.map(({ text }) => text)).toEqual(['b', 'a', 'c']);
    [0.8, 0.6, 0].forEach((score, i) => expect(found[i]!.score).toBeCloseTo(score, 5));
    expect(searchMeaning(library.database, query, 1)).toHaveLength(1);
  });
});

describe('stages and units', () => {
  const { begin, finish, unit } = {
    begin: (key: string) => library.stages.begin('one', 'voice', key),
    finish: () => library.stages.finish('one', 'voice', '{"a":1}'),
    unit: (name: string) => library.stages.unit('one', 'voice', name),
  };

  it('keeps units under the same key and drops them under another', () => {
    begin('k1');
    library.stages.putUnit('one', 'voice', '0', Uint8Array.of(1, 2));
    finish();
    begin('k1');
    expect([...unit('0')!]).toEqual([1, 2]);
    expect(library.stages.get('one', 'voice')).toEqual({
      key: 'k1',
      done: true,
      artefact: '{"a":1}',
    });
    begin('k2');
    expect(unit('0')).toBeUndefined();
    expect(library.stages.get('one', 'voice')).toEqual({ key: 'k2', done: false, artefact: null });
  });

  it('counts a unit that is committed twice once, and forgets on demand', () => {
    begin('k');
    library.stages.putUnit('one', 'voice', '0', Uint8Array.of(1));
    library.stages.putUnit('one', 'voice', '0', Uint8Array.of(1));
    expect(countOf('units')).toBe(1);
    library.stages.forget('one', ['voice', 'embed']);
    expect(library.stages.get('one', 'voice')).toBeUndefined();
    expect(countOf('units')).toBe(0);
  });
});

describe('videos', () => {
  it('tells speakers and coverage of published ones alone', () => {
    publish('one', ['a', 'b', 'c', 'd']);
    const [one, two] = library.videos.summaries();
    expect(one).toMatchObject({ id: 'one', speakers: 2, coverage: 0.75 });
    expect(two).toMatchObject({ id: 'two', speakers: null, coverage: null });
  });

  it('finds by the beginning of an id, without patterns', () => {
    expect(library.videos.byPrefix('o').map(({ id }) => id)).toEqual(['one']);
    expect(library.videos.byPrefix('%')).toEqual([]);
  });
});

describe('two processes', () => {
  let reader: ChildProcess;

  const read = async (): Promise<unknown> => {
    const answer = once(reader, 'message');
    reader.send('one');
    return (await answer)[0];
  };

  beforeEach(async () => {
    const script = fileURLToPath(new URL('../../helpers/libraryReader.ts', import.meta.url));
    reader = fork(script, [library.path], {
      execArgv: [
        '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
        '--disable-warning=ExperimentalWarning',
      ],
    });
    await once(reader, 'message');
  });
  afterEach(async () => {
    const gone = once(reader, 'exit');
    reader.disconnect();
    await gone;
  });

  it('the other reads the old transcript while a new one is being written, and then the new one', async () => {
    publish('one', ['old']);
    const before = { result: '["old"]', segments: 1 };
    expect(await read()).toEqual(before);
    library.database.exec('BEGIN IMMEDIATE');
    library.database.exec("DELETE FROM segments; UPDATE publications SET result = 'half'");
    expect(await read()).toEqual(before);
    library.database.exec('ROLLBACK');
    publish('one', ['new', 'and longer']);
    expect(await read()).toEqual({ result: '["new","and longer"]', segments: 2 });
  });
});
