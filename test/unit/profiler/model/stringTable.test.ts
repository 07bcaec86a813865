import { describe, expect, it } from 'vitest';
import { StringTable } from '../../../../src/profiler/model/stringTable.ts';

describe('a table of strings', () => {
  it('knows each string by one number, the empty one by 0', () => {
    const table = new StringTable();
    expect([table.intern('a'), table.intern('b'), table.intern('a'), table.intern('')]).toEqual([
      1, 2, 1, 0,
    ]);
    expect(table.toArray()).toEqual(['', 'a', 'b']);
  });

  it('keeps strings beyond its bound, each time anew', () => {
    const table = new StringTable(3);
    const ids = ['a', 'b', 'c', 'c', 'a'].map((text) => table.intern(text));
    expect(ids).toEqual([1, 2, 3, 4, 1]);
    expect(ids.map((id) => table.toArray()[id])).toEqual(['a', 'b', 'c', 'c', 'a']);
  });
});
