import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/profiler/diagnosis/diagnose.ts';
import type { Finding, FindingKind } from '../../../../src/profiler/diagnosis/finding.ts';
import { importRun } from '../../../../src/profiler/importers/importRun.ts';

const folder = join(import.meta.dirname, '../../../fixtures/logs-story');

async function findingsOf(name: string): Promise<Finding[]> {
  const run = await importRun([join(folder, name)], { signal: new AbortController().signal });
  return diagnose(run, { targets: [], baseline: null });
}

/** Line of a log by its number, from 1. */
function lineOf(name: string, line: number): string {
  return readFileSync(join(folder, name), 'utf8').split('\n')[line - 1] ?? '';
}

/** What each story really lost, computed from its own lines. */
const STORIES = [
  {
    name: 'lecture.python',
    loads: { count: 38, resource: '/srv/lectures/thermo-07.wav', seconds: 37 * 6.45 },
    batch: { seconds: 308.75 - 305 / 22.5, rate: '1 texts/s' },
    coverage: '439 of 1,210 segments',
    targets: ['5 min 00 s to 6 min 00 s', '0.150 to 0.200', '40 hours an hour'],
    broken: ['throughput of 0', 'real time factor of 0'],
  },
  {
    name: 'film.java',
    loads: { count: 26, resource: 'nordsee_1961.mkv', seconds: 25 * 8.3 },
    batch: { seconds: 356.4 - 468 / 35, rate: '1.30 frames/s' },
    coverage: '871 of 2,340 frames',
    targets: ['3 min 00 s to 4 min 00 s', '0.150 to 0.200', '60 hours an hour'],
    broken: ['throughput of 0', 'real time factor of 0'],
  },
  {
    name: 'catalogue.go',
    loads: { count: 31, resource: 'prices/eu-2026.xlsx', seconds: 30 * 3.9 },
    batch: { seconds: 402.5 - 1350 / 45, rate: '3.40 products/s' },
    coverage: '2,210 of 5,200 products',
    targets: ['75 products/s', '4 min 00 s'],
    broken: ['throughput of 0'],
  },
] as const;

describe.each(STORIES)('the log of $name', ({ name, loads, batch, coverage, targets, broken }) => {
  const file = `${name}.log`;
  const one = async (kind: FindingKind): Promise<Finding> => {
    const found = (await findingsOf(file)).filter((each) => each.kind === kind);
    expect(found).toHaveLength(1);
    return found[0]!;
  };

  it('names the resource that is loaded again, how often, and the seconds', async () => {
    const finding = await one('repeated-load');
    expect(finding).toMatchObject({ count: loads.count, severity: 'error' });
    expect(finding.title).toContain(loads.resource);
    expect(finding.wastedSeconds! / loads.seconds).toBeCloseTo(1, 1);
  });

  it('names the batch that goes through one by one, and the seconds', async () => {
    const finding = await one('serialised-batch');
    expect(finding.actual).toContain(batch.rate);
    expect(finding.wastedSeconds! / batch.seconds).toBeCloseTo(1, 1);
  });

  it('names the coverage that was missed', async () => {
    expect((await one('low-coverage')).actual).toContain(coverage);
  });

  it('sets the targets that contradict one another side by side', async () => {
    const finding = await one('contradictory-targets');
    for (const target of targets) expect(finding.actual).toContain(target);
  });

  it('does not believe its instruments', async () => {
    const finding = await one('broken-instrument');
    for (const figure of broken) expect(finding.actual).toContain(figure);
  });

  it('quotes lines that stand where it says', async () => {
    for (const { evidence } of await findingsOf(file)) {
      for (const { text, line } of evidence) {
        if (line === undefined) continue;
        const own = lineOf(file, line);
        // Quotes have their white space joined.
        expect(own.replaceAll(/\s+/gu, ' ')).toContain(text.replace(/…$/u, ''));
      }
    }
  });

  it('finds nothing in its healthy counterpart', async () => {
    expect(await findingsOf(`${name}.healthy.log`)).toEqual([]);
  });
});
