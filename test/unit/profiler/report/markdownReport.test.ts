import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STAGE } from '../../../../src/profiler/model/attributeNames.ts';
import {
  formatNumber,
  formatSeconds,
  formatShare,
} from '../../../../src/profiler/report/formatNumber.ts';
import { analyseRun } from '../../../../src/profiler/report/analyseRun.ts';
import { markdownReport } from '../../../../src/profiler/report/markdownReport.ts';
import { DEFAULT_TARGETS } from '../../../../src/profiler/report/targets.ts';
import { runArbitrary } from '../runFixture.ts';
import { reportRun } from './reportRun.ts';

describe('formatNumber', () => {
  it.each([
    [0.000_012_34, '0.0000123'],
    [0.1434, '0.143'],
    [18.25, '18.3'],
    [1494, '1,494'],
    [1234.56, '1,235'],
    [0, '0'],
    [null, '–'],
  ])('writes %s as %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('never makes nothing of something', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(formatNumber(value)).toMatch(/[1-9]/u);
      }),
    );
  });

  it('writes times and shares as people read them', () => {
    expect([0, 2.5e-8, 0.000_012_34, 0.0123, 0.61, 59.97, 990, 6870].map(formatSeconds)).toEqual([
      '0 s',
      '25 ns',
      '12.3 µs',
      '12.3 ms',
      '0.610 s',
      '1 min 00 s',
      '16 min 30 s',
      '1 h 54 min 30 s',
    ]);
    expect([1, 0.999_999, 0.34, 0.000_001, 0].map(formatShare)).toEqual([
      '100.00 %',
      '99.99 %',
      '34.00 %',
      '< 0.01 %',
      '0.00 %',
    ]);
  });
});

const DEMANDS = { targets: DEFAULT_TARGETS, stageLimits: new Map(), baseline: null };

describe('markdownReport', () => {
  it('reads well', () => {
    const run = reportRun([
      { stage: STAGE.decode, from: 0, to: 5 },
      { stage: STAGE.embed, from: 5, to: 100, units: [[6, 7]] },
    ]);
    expect(markdownReport(analyseRun(run, DEMANDS))).toMatchInlineSnapshot(`
      "# A run

      | What                     | Value                    |
      | ------------------------ | ------------------------ |
      | Run                      | run-1                    |
      | State                    | done                     |
      | Began                    | 2026-09-21T14:13:20.000Z |
      | Took                     | 1 min 40 s               |
      | Audio                    | 16 min 40 s              |
      | Seconds per audio second | 0.100                    |
      | Audio hours per hour     | 10                       |

      ## Findings

      1. **embed ran on cpu, though gpu was asked for** (device-mismatch, error)
         - Expected: gpu
         - Actual: cpu
         - Fix: Check at the start that gpu can be used and stop where it cannot, instead of going on with cpu.

      2. **x is loaded 43 times** (repeated-load, warning)
         - Expected: x loaded once and shared
         - Actual: loaded 43 times
         - Fix: Load x once before the loop, hand it to each use, and let go of it after the last one.

      3. **Whole run, seconds per second of audio: 0.100 s/s, at most 0.0200 s/s was wanted** (target-missed, info)
         - Expected: at most 0.0200 s/s
         - Actual: 0.100 s/s
         - Fix: Start with the stage that has the largest share of the time.

      4. **Segments with an own or widened voice embedding: 34.00 %, at least 95.00 % was wanted** (target-missed, info)
         - Expected: at least 95.00 %
         - Actual: 34.00 %
         - Fix: Start with the stage that has the largest share of the time.

      5. **Loads of the same audio: 43 loads, at most 1 loads was wanted** (target-missed, info)
         - Expected: at most 1 loads
         - Actual: 43 loads
         - Fix: Start with the stage that has the largest share of the time.

      6. **Peak memory of all processes: 2.00 GB, at most 1.50 GB was wanted** (target-missed, info)
         - Expected: at most 1.50 GB
         - Actual: 2.00 GB
         - Fix: Start with the stage that has the largest share of the time.

      ## Targets

      | Target                                                   |         Limit |      Actual | Verdict |
      | -------------------------------------------------------- | ------------: | ----------: | ------- |
      | Whole run, seconds per second of audio                   |  ≤ 0.0200 s/s |   0.100 s/s | missed  |
      | Whole run, hours of audio per hour                       |      ≥ 50 h/h |      10 h/h | missed  |
      | Text embeddings                                          | ≥ 200 texts/s | 282 texts/s | met     |
      | Segments with an own or widened voice embedding          |     ≥ 95.00 % |     34.00 % | missed  |
      | Voice embeddings and speakers, seconds per hour of audio |    ≤ 15.7 s/h |           – | –       |
      | Loads of the same audio                                  |     ≤ 1 loads |    43 loads | missed  |
      | Peak memory of all processes                             |     ≤ 1.50 GB |     2.00 GB | missed  |

      ## Stages

      | Stage  | State | Busy |    Elapsed |     CPU |     RTF |    Throughput |    In |   Out | Coverage | Device             | Batch |
      | ------ | ----- | ---: | ---------: | ------: | ------: | ------------: | ----: | ----: | -------: | ------------------ | ----: |
      | decode | done  |  5 s |        5 s |       – | 0.00500 | 200 seconds/s | 1,000 | 1,000 | 100.00 % | –                  |     – |
      | embed  | done  |  1 s | 1 min 35 s | 0.500 s | 0.00100 |   282 texts/s |   300 |   282 |  94.00 % | cpu (asked cuda:0) |    32 |

      Busy: at least one unit was being worked on. Elapsed: from first to last, waiting included. RTF: busy seconds per second of audio.

      ## Lost on the way

      | Stage | Reason       | Items | Unit  |
      | ----- | ------------ | ----: | ----- |
      | embed | too \\| short |    18 | texts |

      ## Ledger: voice-embedding

      | Bucket  | Reason   | segments |    Share |
      | ------- | -------- | -------: | -------: |
      | own     |          |      400 |  26.77 % |
      | widened |          |      108 |   7.23 % |
      | none    | time-out |      986 |  66.00 % |
      | total   |          |    1,494 | 100.00 % |

      ## Ledger: embed

      | Bucket  | Reason       | texts |    Share |
      | ------- | ------------ | ----: | -------: |
      | out     |              |   282 |  94.00 % |
      | dropped | too \\| short |    18 |   6.00 % |
      | total   |              |   300 | 100.00 % |

      ## Ledger: decode

      | Bucket | Reason | seconds |    Share |
      | ------ | ------ | ------: | -------: |
      | out    |        |   1,000 | 100.00 % |
      | total  |        |   1,000 | 100.00 % |

      ## Loads

      | Resource | Loads |
      | -------- | ----: |
      | audio:x  |    43 |

      ## Environment

      | What  | Value         |
      | ----- | ------------- |
      | CPU   | A \\| CPU      |
      | Cores | 2             |
      | Input | abababababab… |

      ## Record

      | What                          | Value         |
      | ----------------------------- | ------------- |
      | Recorded by                   | earshot 0.1.0 |
      | Format                        | recorder      |
      | Spans                         | 4             |
      | Spans not kept                | 0             |
      | Log lines and events          | 0             |
      | Log lines and events not kept | 0             |
      | Counter samples not kept      | 0             |
      | Rows rejected                 | 0             |
      "
    `);
  });

  it('stays a table whatever names a run holds', () => {
    fc.assert(
      fc.property(runArbitrary, (run) => {
        const report = markdownReport(analyseRun(run, DEMANDS));
        expect(report).not.toContain('undefined');
        expect(report).not.toContain('NaN');
        for (const table of report
          .trimEnd()
          .split('\n\n')
          .filter((part) => part.startsWith('|'))) {
          const bars = table
            .split('\n')
            .map((line) => line.replaceAll(/\\./gu, '').split('|').length);
          expect(new Set(bars).size).toBe(1);
        }
      }),
    );
  });
});
