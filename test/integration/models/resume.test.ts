import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CancelledError } from '../../../src/pipeline/earshotError.ts';
import type { IngestEvent, IngestResult } from '../../../src/protocol/ingest.ts';
import { listening, projectFile, storedRun, temporaryLibrary, unitsByStage } from './library.ts';

const source = projectFile('media/sample/sample.opus');
let library: Awaited<ReturnType<typeof temporaryLibrary>>;
let expected: IngestResult;

beforeAll(async () => {
  library = await temporaryLibrary();
  [expected] = (await library.earshot.ingest({ source }, listening())) as [IngestResult];
});
afterAll(() => library.close());

/** Cancels when an event of this kind comes. */
function cancelling(when: (event: IngestEvent) => boolean) {
  const abort = new AbortController();
  const talk = listening();
  return {
    ...talk,
    signal: abort.signal,
    onEvent: (event: IngestEvent) => {
      talk.events.push(event);
      if (when(event)) abort.abort();
    },
  };
}

const unitsOf = (home: string, result: IngestResult) =>
  [...unitsByStage(storedRun(home, result.runId)).keys()].sort();

describe('another library', () => {
  test('gets the same transcript with two inference processes', async () => {
    const { earshot, close } = await temporaryLibrary({ inferenceProcesses: 2 });
    try {
      const [result] = await earshot.ingest({ source }, listening());
      expect(result!.transcript).toEqual(expected.transcript);
      expect(result!.ledger).toEqual(expected.ledger);
    } finally {
      await close();
    }
  });

  test.each([
    ['segment', ['diarise', 'embed', 'recognise', 'voice']],
    ['embed', ['diarise']],
  ] as const)(
    'goes on after a cancelled %s where it was, to the same transcript',
    async (stage, missing) => {
      const { earshot, home, close } = await temporaryLibrary();
      try {
        const talk = cancelling((event) => event.type === 'progress' && event.stage === stage);
        await expect(earshot.ingest({ source }, talk)).rejects.toBeInstanceOf(CancelledError);
        expect(talk.events.at(-1)).toMatchObject({ type: 'cancelled' });
        expect(earshot.list()).toMatchObject([{ state: 'cancelled', coverage: null }]);
        expect(() => earshot.show(expected.id)).toThrow(
          expect.objectContaining({ code: 'library.not-published' }),
        );
        const [result] = await earshot.ingest({ source }, listening());
        expect(result!.transcript).toEqual(expected.transcript);
        expect(result!.ledger).toEqual(expected.ledger);
        expect(unitsOf(home, result!)).toEqual(missing);
      } finally {
        await close();
      }
    },
  );
});

describe('a published transcript', () => {
  test('is found by its words and by its meaning', async () => {
    const { earshot } = library;
    const words = await earshot.search('amiable woman', { semantic: false, limit: 5 });
    expect(words.length).toBeGreaterThan(0);
    expect(words[0]!.text).toMatch(/amiable woman/iu);
    const options = { semantic: true, limit: 3 };
    const [meant] = await earshot.search('a nicer wife would have improved him', options);
    expect(meant!.text).toMatch(/married/iu);
  });

  test('is made again from a stage on, and from there alone', async () => {
    const again = await library.earshot.rerun({ id: expected.id, from: 'recognise' }, listening());
    expect(again.transcript).toEqual(expected.transcript);
    expect(unitsOf(library.home, again)).toEqual(['diarise', 'embed', 'recognise']);
    const states = Object.fromEntries(again.stages.map(({ stage, state }) => [stage, state]));
    expect(states).toMatchObject({ download: 'cached', segment: 'cached', voice: 'cached' });
    expect(states).toMatchObject({ recognise: 'done', diarise: 'done', embed: 'done' });
  });

  test('is made wholly again when forced', async () => {
    const [again] = await library.earshot.ingest({ source, force: true }, listening());
    expect(again!.cached).toBe(false);
    expect(new Set(again!.stages.map(({ state }) => state))).toEqual(new Set(['done']));
    const all = ['diarise', 'embed', 'recognise', 'segment', 'voice'];
    expect(unitsOf(library.home, again!)).toEqual(all);
    expect(again!.transcript).toEqual(expected.transcript);
  });

  test('goes with its words and meanings when it is removed', async () => {
    const { earshot } = library;
    await earshot.remove(expected.id.slice(0, 6));
    expect(await earshot.search('amiable', { semantic: false, limit: 5 })).toEqual([]);
    expect(await earshot.search('his wife', { semantic: true, limit: 5 })).toEqual([]);
    expect(earshot.list()).toEqual([]);
  });
});
