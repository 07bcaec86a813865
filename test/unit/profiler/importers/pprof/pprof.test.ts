import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pprofImporter } from '../../../../../src/profiler/importers/pprof/pprof.ts';
import { spanCount } from '../../../../../src/profiler/model/run.ts';
import { headOf, importBytes } from '../../../../helpers/importBytes.ts';
import { cumulativeByName, levels, ownByName, totalWeight } from '../../../../helpers/runFacts.ts';

const FIXTURES = new URL('../../../../fixtures/profiles/', import.meta.url);

interface Expected {
  types: string[];
  byType: Record<
    string,
    {
      total: number;
      nodes: number;
      maxDepth: number;
      own: Record<string, number>;
      cumulative: Record<string, number>;
    }
  >;
}

/** Every pprof of the fixtures that pprof's own reader has told of. */
const profiles = ['go', 'node-pprof', 'pprof-rs'].flatMap((folder) =>
  readdirSync(new URL(folder, FIXTURES))
    .filter((name) => /\.pb(?:\.gz)?$/u.test(name))
    .map((name) => `${folder}/${name}`),
);

describe.each(profiles)('the pprof %s', (path) => {
  const bytes = readFileSync(new URL(path, FIXTURES));
  const expected = JSON.parse(
    readFileSync(new URL(`${path}.expected.json`, FIXTURES), 'utf8'),
  ) as Expected;

  it('is told by its content', () => {
    expect(pprofImporter.detect(headOf(bytes))).toBeGreaterThan(0.8);
  });

  it.each(expected.types)('has the %s that `go tool pprof` says', async (type) => {
    const { run } = await importBytes(pprofImporter, bytes, { options: { sampleType: type } });
    const facts = expected.byType[type];
    expect(run.provenance.rejected).toEqual([]);
    expect(totalWeight(run)).toBe(facts?.total);
    expect(spanCount(run)).toBe(facts?.nodes);
    expect(levels(run)).toBe(facts?.maxDepth);
    expect(ownByName(run)).toEqual(facts?.own);
    expect(cumulativeByName(run)).toEqual(facts?.cumulative);
  });
});
