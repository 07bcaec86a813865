import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/profiler/diagnosis/finding.ts';
import { breakdownOf } from '../../../../src/profiler/report/breakdown.ts';
import { callTree } from '../../../../src/profiler/report/callTree.ts';
import { findingsSection } from '../../../../src/profiler/report/findingsSection.ts';
import { issueReport } from '../../../../src/profiler/report/issueReport.ts';
import { reportJson } from '../../../../src/profiler/report/reportJson.ts';
import type { RunAnalysis } from '../../../../src/profiler/report/runAnalysis.ts';
import { newBuilder } from '../runFixture.ts';

const SECOND = 1e9;

function run() {
  const builder = newBuilder({ name: 'nightly', kind: 'command' });
  const track = builder.track('main', 'thread');
  const add = (name: string, start: number, seconds: number, parent: number | null, id = 0n) =>
    builder.addSpan({
      attributes: name === 'job' ? { 'process.command_line': "python3 'it s.py'" } : {},
      ...{ name, startNs: start * SECOND, durationNs: seconds * SECOND, track, parent, id },
    });
  const root = add('job', 0, 10, null);
  add('load', 0, 2, root, 0xabn);
  add('load', 3, 2, root);
  add('embed', 5, 4, root);
  return builder.finish({ status: 'done' });
}

const FINDING: Finding = {
  kind: 'repeated-load',
  severity: 'error',
  title: 'big.wav was loaded 2 times',
  count: 2,
  wastedSeconds: 2,
  share: 0.2,
  expected: 'one load',
  actual: '2 loads in 4 s',
  evidence: [
    { text: 'load `big.wav`\n# not a heading', file: 'job.log', line: 7 },
    { text: 'load', span: 1 },
    { text: 'load', span: 2 },
  ],
  cause: 'Each batch loads it for itself.',
  fix: 'Load it once and share it.',
  confidence: 0.95,
  refutedBy: 'different contents under one name',
  subject: { spans: [1], texts: ['load'] },
  location: { file: 'src/job.py', line: 12, rung: 'string-literal' },
};

function analysis(findings: readonly Finding[] = [FINDING]): RunAnalysis {
  const it = run();
  return {
    run: it,
    seconds: 10,
    findings,
    breakdown: breakdownOf(it).map(({ stage, seconds }) => ({
      stage,
      seconds,
      expectedSeconds: stage === 'embed' ? 1 : null,
    })),
    targets: [
      {
        name: 'speed',
        title: 'Speed',
        target: 25,
        actual: 1,
        met: false,
        direction: 'at-least',
        unit: 'texts/s',
        from: 'job.log:9',
      },
    ],
    ledgers: [
      {
        name: 'segments',
        unit: 'segments',
        total: 3,
        buckets: [
          { name: 'done', amount: 2 },
          { name: 'dropped', reason: 'time-out', amount: 1 },
        ],
      },
    ],
  };
}

describe('breakdownOf', () => {
  it('takes the names of spans for stages where none are declared, and the union of their times', () => {
    expect(breakdownOf(run())).toEqual([
      { stage: 'job', seconds: 10, count: 1, depth: 0 },
      { stage: 'load', seconds: 4, count: 2, depth: 1 },
      { stage: 'embed', seconds: 4, count: 1, depth: 1 },
    ]);
  });
});

describe('callTree', () => {
  it('joins spans of one name under one path', () => {
    const [job] = callTree(run());
    expect(job).toMatchObject({ name: 'job', count: 1, total: 10 * SECOND, self: 2 * SECOND });
    expect(job!.children.map(({ name, count, total, most }) => [name, count, total, most])).toEqual(
      [
        ['load', 2, 4 * SECOND, 2 * SECOND],
        ['embed', 1, 4 * SECOND, 4 * SECOND],
      ],
    );
  });

  it('survives a stack of 100,000 levels', () => {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    let parent: number | null = null;
    for (let i = 0; i < 100_000; i += 1) {
      parent = builder.addSpan({ name: `f${i % 7}`, startNs: 0, durationNs: 1, track, parent });
    }
    let deepest = 0;
    let node = callTree(builder.finish({ status: 'done' }))[0];
    for (; node !== undefined; node = node.children[0]) deepest += 1;
    expect(deepest).toBeGreaterThan(65_000);
  });
});

describe('reportJson', () => {
  it('has the keys of the contract', () => {
    const report = reportJson(analysis());
    expect(report.runId).toBe('run-1');
    expect(report.findings[0]).toMatchObject({
      kind: 'repeated-load',
      severity: 'error',
      count: 2,
      wastedSeconds: 2,
      expected: 'one load',
      actual: '2 loads in 4 s',
      evidence: [
        { text: 'load `big.wav`\n# not a heading', file: 'job.log', line: 7 },
        { text: 'load', spanId: '00000000000000ab' },
        { text: 'load', spanId: '#2' },
      ],
      location: { file: 'src/job.py', line: 12, rung: 'string-literal' },
      fix: 'Load it once and share it.',
      share: 0.2,
    });
    expect(report.breakdown).toContainEqual({ stage: 'embed', seconds: 4, expectedSeconds: 1 });
    expect(report.targets[0]).toMatchObject({ name: 'speed', target: 25, actual: 1, met: false });
    const percents = report.ledgers[0]!.buckets.map(({ percent }) => percent);
    expect(percents.reduce((sum, each) => sum + Math.round(each * 100), 0)).toBe(10_000);
  });
});

describe('issueReport', () => {
  it('says for each finding what a person would have to write by hand', () => {
    const text = issueReport(analysis());
    for (const part of [
      '# nightly: 1 finding',
      '**Issue:** repeated-load (error, 2 times)',
      '**Expected:** one load',
      '**Actual:** 2 loads in 4 s',
      'job.log:7',
      '**Root cause:** Each batch loads it for itself.',
      '**Location:** `src/job.py:12` (by string-literal)',
      '**Suggested fix:** Load it once and share it.',
      '**Impact:** 2 s, 20.00 % of the run',
      '## Time breakdown',
      '| embed ',
      '## To verify a fix',
      "earshot profile run --name nightly -- python3 'it s.py'",
      'earshot profile compare run-1 last',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('lets nothing in a run become Markdown of its own', () => {
    const hostile = '</details><img src=x onerror=alert(1)> | ` \n# Heading [x](http://y)';
    const finding = {
      ...FINDING,
      title: hostile,
      expected: hostile,
      evidence: [{ text: hostile }],
    };
    const text = issueReport(analysis([finding]));
    const outside = text.replace(/```sh[\s\S]*?```/gu, '').replace(/(`+)[^\n]*?\1/gu, '');
    expect(outside).not.toMatch(/(?<!\\)<img/u);
    expect(text).not.toMatch(/^# Heading/mu);
  });

  it('says so where nothing is wrong', () => {
    const text = issueReport(analysis([]));
    expect(text).toContain('Nothing is wrong with this run as far as it can tell.');
  });
});

describe('findingsSection', () => {
  it('is empty without findings and short with them', () => {
    expect(findingsSection([])).toBe('');
    expect(findingsSection([FINDING])).toContain(
      '1. **big.wav was loaded 2 times** (repeated-load, error · 2 s lost (20.00 %)) · `src/job.py:12`',
    );
  });
});
