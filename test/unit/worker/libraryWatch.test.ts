import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { LibraryWatch } from '../../../src/worker/libraryWatch.ts';

const home = mkdtempSync(join(tmpdir(), 'earshot-watch-'));
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('reads the library only when a file of it changed, and tells only what differs', () => {
  writeFileSync(join(home, 'library.sqlite'), 'x');
  let content = ['a'];
  let reads = 0;
  const told: string[][] = [];
  const watch = new LibraryWatch(
    home,
    () => {
      reads++;
      return content;
    },
    (now) => told.push(now),
  );
  watch.check();
  expect(reads).toBe(1);
  writeFileSync(join(home, 'library.sqlite-wal'), 'a commit');
  watch.check();
  expect([reads, told]).toEqual([2, []]);
  content = ['a', 'b'];
  writeFileSync(join(home, 'library.sqlite-wal'), 'a commit, another');
  watch.check();
  expect([reads, told]).toEqual([3, [['a', 'b']]]);
  watch.stop();
});
