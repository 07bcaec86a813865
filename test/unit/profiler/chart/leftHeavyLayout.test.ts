import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPAN_FLAG } from '../../../../src/profiler/chart/chartColumns.ts';
import {
  type LeftHeavyLayout,
  leftHeavyLayout,
  nodeFlags,
  outermostNodes,
} from '../../../../src/profiler/chart/leftHeavyLayout.ts';
import { type Run, spanCount } from '../../../../src/profiler/model/run.ts';
import { type CallNode, callTree } from '../../../../src/profiler/report/callTree.ts';
import { newBuilder, runArbitrary } from '../runFixture.ts';

/** The tree of the layout in the shape of `callTree`, without orders that equal amounts leave open. */
function treeOf(run: Run, layout: LeftHeavyLayout): unknown[] {
  const built = Array.from(layout.nameId, (name, node) => ({
    name: run.strings[name],
    count: layout.count[node],
    total: layout.total[node],
    self: layout.self[node],
    children: [] as unknown[],
  }));
  layout.parent.forEach((parent, node) => built[parent]?.children.push(built[node]));
  return sorted(built.filter((_, node) => layout.parent[node] === -1));
}

function sorted(nodes: readonly unknown[]): unknown[] {
  const each = (nodes as (CallNode & { children: unknown[] })[]).map((node) => ({
    ...{ name: node.name, count: node.count },
    total: Math.round(node.total * 1e3) / 1e3 + 0,
    self: Math.round(node.self * 1e3) / 1e3 + 0,
    children: sorted(node.children),
  }));
  return each.sort((a, b) => (a.name < b.name ? -1 : 1));
}

describe('the merged stacks of a run', () => {
  it('merges equal stacks and puts the longest first', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    const span = (name: string, startNs: number, durationNs: number, parent: number | null) =>
      builder.addSpan({ name, startNs, durationNs, track, parent });
    span('short', 0, 10, null);
    const first = span('long', 20, 30, null);
    span('step', 20, 5, first);
    const second = span('long', 60, 40, null);
    span('step', 65, 10, second);
    span('other', 80, 20, second);
    const run = builder.finish({ status: 'done' });
    const layout = leftHeavyLayout(run);
    const names = Array.from(layout.nameId, (name) => run.strings[name]);
    expect(names).toEqual(['long', 'short', 'other', 'step']);
    expect([...layout.start]).toEqual([0, 70, 0, 20]);
    expect([...layout.width]).toEqual([70, 10, 20, 15]);
    expect([...layout.count]).toEqual([2, 1, 1, 2]);
    expect([...layout.row]).toEqual([0, 0, 1, 1]);
    expect(layout.extent).toBe(80);
    expect(layout.longest[0]).toBe(3);
    expect([...nodeFlags(layout, new Uint8Array(6))]).toEqual([
      SPAN_FLAG.merged,
      0,
      0,
      SPAN_FLAG.merged,
    ]);
  });

  it('draws parallel children one beside the other, so that none overlap', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    const root = builder.addSpan({ name: 'all', startNs: 0, durationNs: 10, track, parent: null });
    for (const name of ['a', 'b']) {
      builder.addSpan({ name, startNs: 0, durationNs: 10, track, parent: root });
    }
    const layout = leftHeavyLayout(builder.finish({ status: 'done' }));
    expect([...layout.width]).toEqual([20, 10, 10]);
    expect(layout.total[0]).toBe(10);
  });

  it('is the tree of calls, whatever the run', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        expect(treeOf(run, leftHeavyLayout(run))).toEqual(sorted(callTree(run)));
      }),
      { numRuns: 60 },
    );
  });

  it('has a node for each span, rows without overlaps, and children below their parents', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        const { nodeOf, row, start, width, parent, nameId, extent } = leftHeavyLayout(run);
        expect(nodeOf).toHaveLength(spanCount(run));
        nodeOf.forEach((node, span) => expect(nameId[node]).toBe(run.spans.nameId[span]));
        const slack = 1e-6 * Math.max(1, extent);
        for (let node = 0; node < row.length; node += 1) {
          const end = (start[node] ?? 0) + (width[node] ?? 0);
          expect(end).toBeLessThanOrEqual(extent + slack);
          if (row[node + 1] === row[node]) {
            expect(start[node + 1]).toBeGreaterThanOrEqual(end - slack);
          }
          const owner = parent[node] ?? -1;
          expect(row[node]).toBe(owner < 0 ? 0 : (row[owner] ?? 0) + 1);
          if (owner < 0) continue;
          expect(start[node]).toBeGreaterThanOrEqual((start[owner] ?? 0) - slack);
          expect(end).toBeLessThanOrEqual((start[owner] ?? 0) + (width[owner] ?? 0) + slack);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tells the outermost of each recursion', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        const layout = leftHeavyLayout(run);
        const outermost = outermostNodes(layout);
        layout.nameId.forEach((name, node) => {
          let above = layout.parent[node] ?? -1;
          while (above >= 0 && layout.nameId[above] !== name) above = layout.parent[above] ?? -1;
          expect(outermost[node]).toBe(above < 0 ? 1 : 0);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('survives a stack of a hundred thousand frames', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    let parent: number | null = null;
    for (let depth = 0; depth < 100_000; depth += 1) {
      parent = builder.addSpan({ name: `f${depth % 7}`, startNs: 0, durationNs: 9, track, parent });
    }
    const layout = leftHeavyLayout(builder.finish({ status: 'done' }));
    expect(layout.rows).toBe(100_000);
    expect(outermostNodes(layout).reduce((sum, each) => sum + each, 0)).toBe(7);
  });
});
