import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JudgedRoots } from '../../../../src/extension/marks/judgedRoots.ts';
import { keepSignsOf, leaveSign } from '../../../../src/store/judgedSigns.ts';
import { temporaryHome } from '../../../helpers/temporaryHome.ts';

let home: ReturnType<typeof temporaryHome>;
let judged: JudgedRoots | undefined;

beforeEach(() => {
  home = temporaryHome();
  writeFileSync(join(home.path, 'library.sqlite'), '');
});
afterEach(() => {
  judged?.dispose();
  vi.useRealTimers();
  home[Symbol.dispose]();
});

/** Does something and waits until that is told; gives the folders then. */
async function told(change: () => void, path = home.path): Promise<readonly string[]> {
  judged?.dispose();
  const hears = Promise.withResolvers<undefined>();
  const roots = new JudgedRoots(path, () => hears.resolve(undefined));
  judged = roots;
  change();
  await hears.promise;
  return roots.roots;
}

const now = (path = home.path): readonly string[] => {
  const roots = new JudgedRoots(path, () => undefined);
  roots.dispose();
  return roots.roots;
};

describe('folders that were judged', () => {
  it('are read from the signs that the library leaves', () => {
    leaveSign(home.path, '/work');
    leaveSign(home.path, '/other');
    expect(now().toSorted()).toEqual(['/other', '/work']);
  });

  it('are none without signs, without a library and without its folder', () => {
    expect(now()).toEqual([]);
    leaveSign(home.path, '/work');
    rmSync(join(home.path, 'library.sqlite'));
    expect(now()).toEqual([]);
    expect(now(join(home.path, 'nowhere'))).toEqual([]);
  });

  it('are not made of files that are something else, or on their way', () => {
    mkdirSync(join(home.path, 'judged', 'a'.repeat(32)), { recursive: true });
    for (const name of ['notes.txt', `${'b'.repeat(32)}.12`]) {
      writeFileSync(join(home.path, 'judged', name), '/work');
    }
    expect(now()).toEqual([]);
  });

  it('are told when the first is judged', async () => {
    expect(await told(() => leaveSign(home.path, '/work'))).toEqual(['/work']);
  });

  it('are told when another is, and when one is not any more', async () => {
    leaveSign(home.path, '/work');
    const both = await told(() => leaveSign(home.path, '/other'));
    expect(both.toSorted()).toEqual(['/other', '/work']);
    expect(await told(() => keepSignsOf(home.path, ['/other']))).toEqual(['/other']);
  });

  it('are told after their folder was taken away and came again', async () => {
    leaveSign(home.path, '/work');
    let times = 0;
    const back = Promise.withResolvers<undefined>();
    const gone = Promise.withResolvers<undefined>();
    const roots = new JudgedRoots(home.path, () => {
      times += 1;
      (times === 1 ? gone : back).resolve(undefined);
    });
    judged = roots;
    rmSync(join(home.path, 'judged'), { recursive: true });
    await gone.promise;
    expect(roots.roots).toEqual([]);
    leaveSign(home.path, '/again');
    await back.promise;
    expect(roots.roots).toEqual(['/again']);
  });

  it('are looked for at times where there is nothing to watch yet', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const path = join(home.path, 'later');
    const changed = vi.fn();
    const roots = new JudgedRoots(path, changed);
    judged = roots;
    vi.advanceTimersByTime(60_000);
    expect(changed).not.toHaveBeenCalled();
    mkdirSync(path);
    writeFileSync(join(path, 'library.sqlite'), '');
    leaveSign(path, '/work');
    vi.advanceTimersByTime(5000);
    expect(changed).toHaveBeenCalledOnce();
    expect(roots.roots).toEqual(['/work']);
    roots.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
