import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Judgement } from '../../../src/store/judgements.ts';
import { type Library, openLibraryAt } from '../../../src/store/library.ts';
import { mark, markFinding } from '../../helpers/marks.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { newBuilder } from '../profiler/runFixture.ts';

let home: ReturnType<typeof temporaryHome>;
let library: Library;

beforeEach(() => {
  home = temporaryHome();
  library = openLibraryAt(`${home.path}/library.sqlite`);
});
afterEach(() => {
  library.close();
  home[Symbol.dispose]();
});

const { silenced: _silenced, ...REGRESSION } = mark();
const FINDING = { ...REGRESSION, key: 'finding', verdict: null, finding: markFinding() };

function judgement(given: Partial<Judgement> = {}): Judgement {
  return {
    workspace: '/work',
    origin: 'gate',
    name: 'job',
    madeAt: '2026-01-01T00:00:00.000Z',
    verdict: { word: 'slower', text: 'Regression in job: embed.' },
    judgedRuns: ['b1', 'b2'],
    marks: [REGRESSION, FINDING],
    ...given,
  };
}

const all = () => library.judgements.of(() => true);

function accept(runId: string): void {
  library.profiles.put({ ...newBuilder().finish({ status: 'done' }), id: runId });
  library.baselines.accept({ series: 's', runId, acceptedAt: '2026-01-02', note: null });
}

describe('judgements', () => {
  it('reads what was kept, and replaces what has the same workspace, origin and name', () => {
    library.judgements.put(judgement());
    expect(all()).toEqual([
      {
        ...judgement(),
        accepted: false,
        marks: [REGRESSION, FINDING].map((each) => ({ ...each, silenced: null })),
      },
    ]);
    library.judgements.put(judgement({ origin: 'compare' }));
    library.judgements.put(judgement({ workspace: '/other' }));
    library.judgements.put(judgement({ marks: [], verdict: null }));
    expect(all().map(({ workspace, origin, marks }) => [workspace, origin, marks.length])).toEqual([
      ['/work', 'compare', 2],
      ['/other', 'gate', 2],
      ['/work', 'gate', 0],
    ]);
    expect(library.judgements.of((workspace) => workspace === '/other')).toHaveLength(1);
  });

  it('leaves out verdicts on runs that are accepted, and brings them back when that is taken back', () => {
    library.judgements.put(judgement());
    accept('elsewhere');
    expect(all()[0]).toMatchObject({ accepted: false });
    accept('b2');
    expect(all()[0]).toMatchObject({ accepted: true, marks: [{ key: 'finding' }] });
    library.baselines.withdraw('s', 'b2');
    expect(all()[0]).toMatchObject({ accepted: false });
    expect(all()[0]!.marks).toHaveLength(2);
  });

  it('go with the last of the runs that were judged', () => {
    library.judgements.put(judgement());
    library.judgements.put(judgement({ name: 'of other runs', judgedRuns: ['c'] }));
    for (const id of ['b1', 'b2']) accept(id);
    library.profiles.remove('b1');
    expect(all()).toHaveLength(2);
    library.profiles.remove('b2');
    expect(all().map(({ name }) => name)).toEqual(['of other runs']);
  });

  it('silences a key of a workspace, also in later judgements, until that is taken back', () => {
    library.judgements.silence('/work', REGRESSION.key, 'known');
    library.judgements.put(judgement());
    library.judgements.put(judgement({ workspace: '/other' }));
    expect(all().map(({ marks }) => marks.map(({ silenced }) => silenced))).toEqual([
      ['known', null],
      [null, null],
    ]);
    library.judgements.silence('/work', REGRESSION.key, null);
    expect(all()[0]!.marks[0]!.silenced).toBeNull();
  });

  it('has another stamp after each change of what is read, and only then', () => {
    const stamps = [library.judgements.stamp()];
    const changes: (() => void)[] = [
      () => library.judgements.put(judgement()),
      () => library.judgements.put(judgement()),
      () => library.judgements.silence('/work', 'k', 'known'),
      () => library.judgements.silence('/work', 'k', 'still known'),
      () => library.judgements.silence('/work', 'k', null),
      () => accept('b1'),
      () => library.baselines.withdraw('s', 'b1'),
    ];
    for (const change of changes) {
      expect(library.judgements.stamp()).toBe(stamps.at(-1));
      change();
      expect(library.judgements.stamp()).not.toBe(stamps.at(-1));
      stamps.push(library.judgements.stamp());
    }
  });
});
