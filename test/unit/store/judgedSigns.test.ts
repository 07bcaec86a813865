import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JUDGED_FILE_NAME } from '../../../src/protocol/libraryFolder.ts';
import type { Judgement } from '../../../src/store/judgements.ts';
import { type Library, openLibraryAt } from '../../../src/store/library.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';

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

const folder = () => join(home.path, 'judged');
const names = () => readdirSync(folder()).sort();
const signs = () => names().map((name) => readFileSync(join(folder(), name), 'utf8'));

function judgement(workspace: string, name = 'job'): Judgement {
  return {
    ...{ workspace, origin: 'gate', name, madeAt: '2026-01-01T00:00:00.000Z', verdict: null },
    ...{ judgedRuns: [], marks: [] },
  };
}

describe('signs of judgements', () => {
  it('leaves one for each workspace, which holds its path', () => {
    library.judgements.put(judgement('/work'));
    library.judgements.put(judgement('/work', 'another'));
    library.judgements.put(judgement('/tëst\n'));
    expect(signs().sort()).toEqual(['/tëst\n', '/work'].sort());
    for (const name of names()) expect(name).toMatch(JUDGED_FILE_NAME);
  });

  it('leaves one ahead of the first judgement', () => {
    library.judgements.announce('/work');
    expect(signs()).toEqual(['/work']);
    library.judgements.put(judgement('/work'));
    expect(signs()).toEqual(['/work']);
  });

  it('takes away with the next judgement those of which nothing is left, and no file of others', () => {
    library.judgements.put(judgement('/gone'));
    library.judgements.announce('/cancelled');
    writeFileSync(join(folder(), 'notes.txt'), 'mine');
    library.database.exec("DELETE FROM judgements WHERE workspace = '/gone'");
    library.judgements.put(judgement('/work'));
    expect(signs().sort()).toEqual(['/work', 'mine']);
  });

  it('leaves again what was taken away', () => {
    library.judgements.put(judgement('/work'));
    rmSync(folder(), { recursive: true });
    library.judgements.put(judgement('/work'));
    expect(signs()).toEqual(['/work']);
  });

  it('keeps the judgement where no sign can be left', () => {
    writeFileSync(folder(), 'a file in the way');
    library.judgements.put(judgement('/work'));
    rmSync(folder());
    mkdirSync(folder());
    chmodSync(folder(), 0o500);
    library.judgements.put(judgement('/work', 'another'));
    expect(library.judgements.of(() => true)).toHaveLength(2);
  });
});
