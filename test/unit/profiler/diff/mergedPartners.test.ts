import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftHeavyLayout } from '../../../../src/profiler/chart/leftHeavyLayout.ts';
import { MergedPartners } from '../../../../src/profiler/diff/mergedPartners.ts';
import { type Run, stringOf } from '../../../../src/profiler/model/run.ts';
import { buildRun, newBuilder, spansArbitrary } from '../runFixture.ts';

function weighted(stacks: Readonly<Record<string, number>>): Run {
  const builder = newBuilder({ weightUnit: 'samples' });
  const track = builder.track('main', 'thread');
  const known = new Map<string, number>();
  for (const [stack, weight] of Object.entries(stacks)) {
    let parent: number | null = null;
    let path = '';
    for (const name of stack.split(';')) {
      path += `;${name}`;
      const handle: number =
        known.get(path) ?? builder.addSpan({ name, startNs: 0, durationNs: 0, track, parent });
      known.set(path, handle);
      parent = handle;
    }
    if (parent !== null) builder.addWeight(parent, weight);
  }
  return builder.finish({ status: 'done' });
}

const merged = (run: Run) => ({ run, layout: leftHeavyLayout(run) });

describe('MergedPartners', () => {
  const a = merged(weighted({ 'main;read': 10, 'main;parse;scan': 30, 'main;old': 5 }));
  const b = merged(weighted({ 'main;read': 10, 'main;parse;scan': 50, 'main;new': 1 }));
  const partners = new MergedPartners(a, b);

  it('pairs nodes by the names on the way to them', () => {
    const marks = partners.marksOf('b', 0, b.layout.parent.length);
    const said = Array.from(b.layout.nameId, (name, node) => [
      stringOf(b.run, name),
      marks.partner[node] === 0 ? null : a.layout.nameId[marks.partner[node]! - 1],
      marks.totalDelta[node],
      marks.selfDelta[node],
    ]);
    const inA = (text: string) => a.run.strings.indexOf(text);
    expect(said).toEqual([
      ['main', inA('main'), 16, 0],
      ['parse', inA('parse'), 20, 0],
      ['read', inA('read'), 0, 0],
      ['new', null, 1, 1],
      ['scan', inA('scan'), 20, 20],
    ]);
  });

  it('knows what a side alone has, and into which nodes spans went', () => {
    const nameOf = (side: typeof a, node: number) => stringOf(side.run, side.layout.nameId[node]!);
    expect(Array.from(partners.onlyIn('a'), (node) => nameOf(a, node))).toEqual(['old']);
    expect(Array.from(partners.onlyIn('b'), (node) => nameOf(b, node))).toEqual(['new']);
    const spans = Uint32Array.from(a.run.spans.startNs.keys());
    expect(Array.from(partners.nodesOf('a', spans))).toEqual([0, 1, 2, 3, 4]);
  });

  it('pairs both ways alike, and the self deltas sum to the difference', () => {
    fc.assert(
      fc.property(spansArbitrary, spansArbitrary, (spansA, spansB) => {
        const [one, other] = [merged(buildRun(spansA)), merged(buildRun(spansB))];
        const both = new MergedPartners(one, other);
        const ofA = both.marksOf('a', 0, one.layout.parent.length);
        const ofB = both.marksOf('b', 0, other.layout.parent.length);
        ofA.partner.forEach((mate, node) => {
          if (mate > 0) expect(ofB.partner[mate - 1]).toBe(node + 1);
        });
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
        const lone = ofB.selfDelta.filter((_, node) => ofB.partner[node] === 0);
        expect(sum(ofA.selfDelta) + sum(lone)).toBeCloseTo(
          sum(other.layout.self) - sum(one.layout.self),
        );
      }),
      { seed: 29, numRuns: 200 },
    );
  });
});
