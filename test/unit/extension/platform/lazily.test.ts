import { expect, it, vi } from 'vitest';
import { lazily } from '../../../../src/extension/platform/lazily.ts';
import { LazyTree } from '../../../../src/extension/platform/lazyTree.ts';
import { EventEmitter } from '../panels/fakeVscode.ts';

vi.mock('vscode', () => import('../panels/fakeVscode.ts'));

it('makes a thing once, and not before it is asked for', async () => {
  const make = vi.fn(() => Promise.resolve({}));
  const thing = lazily(make);
  expect(thing.asked).toBeUndefined();
  expect(make).not.toHaveBeenCalled();
  expect(await thing()).toBe(await thing());
  expect(await thing.asked).toBe(await thing());
  expect(make).toHaveBeenCalledOnce();
});

it('gives everybody the same failure', async () => {
  const make = vi.fn(() => Promise.reject(new Error('no disk')));
  const thing = lazily(make);
  await expect(thing()).rejects.toThrow('no disk');
  await expect(thing()).rejects.toThrow('no disk');
  expect(make).toHaveBeenCalledOnce();
});

it('a view loads its content when it is looked at, and tells what that tells', async () => {
  const changed = new EventEmitter<string | undefined>();
  const load = vi.fn(() =>
    Promise.resolve({
      onDidChangeTreeData: changed.event,
      getChildren: (parent?: string) => (parent === undefined ? ['a', 'b'] : null),
      getTreeItem: (label: string) => ({ label }),
      getParent: (label: string) => (label === 'b' ? 'a' : undefined),
    }),
  );
  const tree = new LazyTree<string>(load);
  const heard: unknown[] = [];
  tree.onDidChangeTreeData((node) => heard.push(node));
  expect(load).not.toHaveBeenCalled();
  expect(await tree.getChildren()).toEqual(['a', 'b']);
  expect(await tree.getChildren('a')).toEqual([]);
  expect(tree.getTreeItem('a')).toEqual({ label: 'a' });
  expect(tree.getParent('b')).toBe('a');
  changed.fire('b');
  expect(heard).toEqual(['b']);
});
