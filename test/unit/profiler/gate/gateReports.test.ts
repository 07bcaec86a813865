import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { GateReport } from '../../../../src/profiler/gate/gateReport.ts';
import { gateSummary } from '../../../../src/profiler/gate/gateSummary.ts';
import { gateVerdict } from '../../../../src/profiler/gate/gateVerdict.ts';
import { escapeXml, junitXml } from '../../../../src/profiler/gate/junitXml.ts';
import { sarif } from '../../../../src/profiler/gate/sarif.ts';
import type { Verdict } from '../../../../src/profiler/verdict/verdict.ts';

const HOSTILE = 'a|b <script>&"\' `x`\n\u0000\u202e\ud800';

const verdict = (given: Partial<Verdict>): Verdict => ({
  stage: 'embed',
  metric: 'seconds',
  verdict: 'slower',
  ratio: 1.31,
  interval: [1.2, 1.44],
  n: [7, 7],
  p: 0.00029,
  smallestVisible: 1.12,
  tier: 2,
  unit: 's',
  reason: '+31.0 %, between +20.0 % and +44.0 %.',
  medians: [1, 1.31],
  method: 'mann-whitney',
  outliers: [0, 0],
  ...given,
});

function reportOf(verdicts: readonly Verdict[], name = 'nightly'): GateReport {
  const comparison = {
    verdicts,
    overall: 'slower' as const,
    environment: { comparable: true, differences: [], unknown: [] },
    lost: [],
    notes: ['A note.'],
  };
  return {
    name,
    command: `python3 ${name}.py`,
    outcome: {
      verdict: gateVerdict(comparison, {}),
      comparison,
      runs: [7, 7],
      why: 'Everything is decided.',
      cancelled: false,
      alpha: 0.002,
      confidence: 0.98,
    },
    a: { label: `main ${name}`, runIds: ['a1'] },
    b: { label: 'working tree', runIds: ['b1'] },
    locations: new Map([
      [
        'embed',
        { file: 'src/a file/embed.py', line: 12, column: 3, rung: 'code-attribute' as const },
      ],
    ]),
    findings: [
      {
        kind: 'repeated-load',
        severity: 'error',
        title: `talk.wav was loaded 43 times ${name}.`,
        count: 43,
        wastedSeconds: 12,
        share: 0.3,
        expected: '1',
        actual: '43',
        evidence: [],
        cause: 'It is loaded in the loop.',
        fix: 'Load it once.',
        confidence: 0.9,
        refutedBy: 'Another key.',
        subject: { spans: [], texts: ['load'] },
        location: { file: '/abs/load.py', line: 3, rung: 'string-literal' },
      },
    ],
    notes: [],
    machine: 'CPU, 2 cores',
    reproduce: ['earshot profile gate -- python3 job.py'],
    version: '1.2.3',
  };
}

const VERDICTS = [
  verdict({ stage: 'run', verdict: 'same', ratio: 1.01, reason: 'Inside.' }),
  verdict({}),
  verdict({ stage: HOSTILE, verdict: 'inconclusive', reason: HOSTILE, interval: [null, null] }),
  verdict({
    stage: 'read',
    metric: 'loads:x',
    tier: 0,
    p: null,
    interval: [43, 43],
    reason: '1 → 43: worse.',
  }),
  verdict({ stage: 'run', metric: 'mean:threads', verdict: 'inconclusive' }),
];

describe('sarif', () => {
  const schema = readFileSync(
    join(import.meta.dirname, '../../../fixtures/gate/sarif-2.1.0-rtm.5.schema.json'),
    'utf8',
  );
  // zod takes a reference for a whole URI, which a relative path is not.
  const bent = schema.replaceAll('"format": "uri-reference"', '"minLength": 1');
  const official = z.fromJSONSchema(JSON.parse(bent) as Parameters<typeof z.fromJSONSchema>[0]);

  it.each([
    ['with everything', reportOf(VERDICTS)],
    ['with hostile names', reportOf(VERDICTS, HOSTILE)],
    ['with nothing', reportOf([])],
  ])('is valid by the official schema %s', (_what, report) => {
    const log: unknown = JSON.parse(sarif(report));
    expect(official.safeParse(log).error?.issues ?? []).toEqual([]);
  });

  it('is checked by a schema that can say no', () => {
    const log = JSON.parse(sarif(reportOf(VERDICTS))) as {
      runs: { results: { level: string }[] }[];
    };
    log.runs[0]!.results[0]!.level = 'terrible';
    expect(official.safeParse(log).success).toBe(false);
  });

  it('holds no control characters, nor do the other reports', () => {
    const hostile = '\u001b[2J\u0007\u009b1m';
    const reason = verdict({ stage: hostile, reason: hostile, verdict: 'slower' });
    const report = reportOf([...VERDICTS, reason], hostile);
    for (const text of [sarif(report), junitXml(report), gateSummary(report)]) {
      expect(text).toContain('[2J');
      expect(text).not.toMatch(/[^\P{Cc}\n]|\\u00(?:1b|07|9b)/u);
    }
  });

  it('puts what got worse and what was found on their lines', () => {
    const { runs } = JSON.parse(sarif(reportOf(VERDICTS))) as {
      runs: { results: { ruleId: string; level: string; locations?: unknown[] }[] }[];
    };
    expect(runs[0]?.results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
      'slower error',
      'slower error',
      'inconclusive note',
      'repeated-load error',
    ]);
    expect(runs[0]?.results[0]?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/a%20file/embed.py' },
          region: { startLine: 12, startColumn: 3 },
        },
      },
    ]);
    expect(JSON.stringify(runs[0]?.results[3]?.locations)).toContain('file:///abs/load.py');
  });
});

describe('junitXml', () => {
  it('has one test case for each stage and figure that is shown, slower ones as failures', () => {
    const xml = junitXml(reportOf(VERDICTS));
    expect(xml).toContain('tests="4" failures="2" errors="0" skipped="1"');
    expect(xml.match(/<testcase /gu)).toHaveLength(4);
    expect(xml).toContain(
      'classname="nightly.embed" name="seconds" file="src/a file/embed.py" line="12"',
    );
    expect(xml).toContain(
      '<failure message="+31.0 %, between +20.0 % and +44.0 %." type="slower">',
    );
  });

  it('escapes whatever a name holds', () => {
    const xml = junitXml(reportOf(VERDICTS, HOSTILE));
    expect(xml).not.toMatch(/[\u0000-\u0008\ud800-\udfff]/u);
    expect(xml).not.toContain('<script>');
    expect(escapeXml(HOSTILE)).toBe('a|b &#60;script&#62;&#38;&#34;&#39; `x`\n\u202e\u{fffd}');
    expect(escapeXml('\u001b[31ma\u0007\u007f\u009bb\ufffe\t')).toBe('[31mab\t');
  });
});

describe('gateSummary', () => {
  it('shows verdict, effect, interval, n, p, what could be seen, and how to do it again', () => {
    const text = gateSummary(reportOf(VERDICTS));
    expect(text).toContain('## Regression in nightly: embed: seconds');
    expect(text).toContain('98 % interval');
    const row = text.split('\n').find((line) => line.includes('| embed'));
    expect(row?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      'embed',
      'seconds',
      '🔴 slower',
      '1 s',
      '1.31 s',
      '+31.0 %',
      '+20.0 % … +44.0 %',
      '7 v 7',
      '0.000290',
      '+12.0 %',
      '',
    ]);
    expect(text).toContain('talk.wav was loaded 43 times');
    expect(text).toContain('earshot profile gate -- python3 job.py');
    expect(text).not.toContain('mean:threads');
  });

  it('lets no name break out of its cell', () => {
    const text = gateSummary(reportOf(VERDICTS, HOSTILE));
    expect(text.replace(/^`[^`\n]*`/gmu, '')).not.toContain('<script>');
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    const bars = rows.map((row) => row.replace(/\\\|/gu, '').split('|').length);
    expect(new Set(bars)).toEqual(new Set([12]));
  });
});

describe('gateVerdict', () => {
  const of = (...verdicts: Verdict[]) => gateVerdict(reportOf(verdicts).outcome.comparison, {});
  it.each([
    ['regression', [verdict({})]],
    [
      'regression',
      [verdict({ stage: 'run', verdict: 'same' }), verdict({ tier: 0, metric: 'loads:x' })],
    ],
    ['fine', [verdict({ stage: 'run', verdict: 'same' }), verdict({ verdict: 'faster' })]],
    [
      'inconclusive',
      [verdict({ stage: 'run', verdict: 'same' }), verdict({ verdict: 'withheld' })],
    ],
    ['inconclusive', [verdict({ stage: 'run', verdict: 'inconclusive', interval: [0.8, 1.2] })]],
    ['fine', [verdict({ stage: 'run', verdict: 'inconclusive', interval: [0.8, 1.05] })]],
    ['fine', [verdict({ stage: 'run', verdict: 'same' }), verdict({ verdict: 'inconclusive' })]],
    ['inconclusive', []],
    ['fine', [verdict({ stage: 'run', verdict: 'same' }), verdict({ metric: 'cpu-seconds' })]],
    ['fine', [verdict({ stage: 'run', verdict: 'same' }), verdict({ stage: 'download' })]],
  ])('is %s', (expected, verdicts) => {
    expect(of(...verdicts)).toBe(expected);
  });

  it('holds every stage that was asked for to the threshold', () => {
    const undecided = [
      verdict({ stage: 'run', verdict: 'same' }),
      verdict({ verdict: 'inconclusive' }),
    ];
    const { comparison } = reportOf(undecided).outcome;
    expect(gateVerdict(comparison, { stages: ['embed'] })).toBe('inconclusive');
  });

  it('lets another metric decide where it is asked for', () => {
    const { comparison } = reportOf([verdict({ stage: 'run', metric: 'cpu-seconds' })]).outcome;
    expect(gateVerdict(comparison, { metrics: ['cpu-seconds'] })).toBe('regression');
  });
});
