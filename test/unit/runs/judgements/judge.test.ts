import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/profiler/diagnosis/finding.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import {
  compareRunSets,
  pairsOf,
  runFacts,
} from '../../../../src/profiler/verdict/compareRunSets.ts';
import {
  type JudgedComparison,
  judgeComparison,
  judgeRun,
} from '../../../../src/runs/judgements/judge.ts';
import { realFolder, workspaceRoot } from '../../../../src/runs/judgements/workspaceRoot.ts';
import { openLibraryAt } from '../../../../src/store/library.ts';
import { importRun } from '../../../../src/profiler/importers/importRun.ts';
import { newBuilder } from '../../profiler/runFixture.ts';

let workspace: string;

beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'earshot-judge-')));
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

function write(file: string, lines: readonly string[]): void {
  const path = join(workspace, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, lines.join('\n'));
}

const MS = 1e6;

/** A run with a place that is stated, a name of a function, a text, and a name that is nowhere. */
function run(id: string, start: number, embedMs: number): Run {
  const builder = newBuilder({ id, kind: 'command', epochNs: BigInt(start) * 1_000_000_000n });
  const track = builder.track('main', 'thread');
  const source = builder.source({ file: '/elsewhere/app/job.py', line: 2, rung: 'code-attribute' });
  const outside = builder.source({ file: '/etc/passwd', line: 1, rung: 'code-attribute' });
  let at = 0;
  const add = (name: string, milliseconds: number, sourceId?: typeof source): void => {
    builder.addSpan({
      ...{ name, startNs: at * MS, durationNs: milliseconds * MS, track, parent: null },
      ...(sourceId === undefined ? {} : { source: sourceId }),
    });
    at += milliseconds;
  };
  add('decode', 100 + start / 100, source);
  add('embedTexts', embedMs + start / 10);
  add('store the rows', 100);
  add('nowhere', 50);
  add('passwd', 50, outside);
  return builder.finish({ status: 'done' });
}

function judged(given: Partial<JudgedComparison> = {}): JudgedComparison {
  const a = Array.from({ length: 6 }, (_, i) => run(`a${i}`, 10 + 4 * i, 100));
  const b = Array.from({ length: 6 }, (_, i) => run(`b${i}`, 12 + 4 * i, 300));
  const [factsA, factsB] = [a, b].map((side) => side.map(runFacts));
  const { verdicts } = compareRunSets(factsA!, factsB!);
  return {
    ...{ origin: 'gate', name: 'job', series: 'gate:job', workspace, sources: workspace },
    runs: { a: a.map(({ id }) => id), b: b.map(({ id }) => id) },
    last: b.at(-1)!,
    verdict: { word: 'slower', text: 'Regression in job.' },
    verdicts,
    pairs: pairsOf(factsA!, factsB!),
    findings: [],
    findingsFolder: workspace,
    ...given,
  };
}

const SOURCES = () => {
  write('app/job.py', ['import x', '  decode(audio)  ', '']);
  write('embed.go', ['package main', 'func embedTexts() {', '}']);
  write('store.ts', ["await traced('store the rows', 1);"]);
};

describe('judgeComparison', () => {
  it('puts each stage on its line by what the run says of it, with all that a line shows', async () => {
    SOURCES();
    const { marks, ...judgement } = await judgeComparison(judged());
    expect(judgement).toMatchObject({
      ...{ workspace, origin: 'gate', name: 'job' },
      verdict: { word: 'slower' },
      judgedRuns: ['b0', 'b1', 'b2', 'b3', 'b4', 'b5'],
    });
    expect(
      marks
        .filter(({ verdict }) => verdict?.metric === 'seconds')
        .map(({ file, source: { line, rung }, lineText, verdict }) => {
          return [verdict!.stage, verdict!.word, file, line, rung, lineText];
        }),
    ).toEqual([
      ['embedTexts', 'slower', 'embed.go', 2, 'symbol', 'func embedTexts() {'],
      ['decode', 'same', 'app/job.py', 2, 'code-attribute', 'decode(audio)'],
      [
        ...['store the rows', 'same', 'store.ts', 1, 'string-literal'],
        "await traced('store the rows', 1);",
      ],
    ]);
    const [embed] = marks;
    expect(embed).toMatchObject({
      key: '["gate","job","embedTexts","seconds"]',
      ...{ origin: 'gate', name: 'job', series: 'gate:job', finding: null, span: 1 },
      verdict: { tier: 2, unit: 's', n: [6, 6] },
    });
    expect(embed!.share).toBeCloseTo(0.5, 1);
    expect(embed!.verdict!.values.map((side) => side.length)).toEqual([6, 6]);
    expect(embed!.verdict!.ratio).toBeGreaterThan(2.5);
  });

  it('finds lines in the sources that ran, where the workspace has others', async () => {
    SOURCES();
    const marks = async (sources: string) => (await judgeComparison(judged({ sources }))).marks;
    write('checkout/embed.go', ['package main', '', '', 'func embedTexts() {']);
    const [embed] = await marks(join(workspace, 'checkout'));
    expect(embed).toMatchObject({ file: 'embed.go', source: { line: 4 } });
  });

  it('puts findings on their lines once, relative to the workspace, and none outside of it', async () => {
    SOURCES();
    const finding = (
      file: string,
      line: number,
      kind: Finding['kind'] = 'repeated-load',
    ): Finding => ({
      ...{ kind, severity: 'warning', title: 'model.bin was loaded 4 times.', count: 4 },
      ...{ wastedSeconds: 3, share: 0.4, expected: '1', actual: '4', cause: 'c', fix: 'f' },
      ...{ confidence: 1, refutedBy: '', subject: { spans: [1], texts: [] } },
      evidence: [{ text: 'x'.repeat(10_000), file: 'a.log', line: 3 }],
      location: { file, line, rung: 'code-attribute' },
    });
    const findings = [
      finding('job.py', 2),
      finding('job.py', 2),
      finding('job.py', 99),
      finding('../../../../../../etc/passwd', 1),
      finding('/etc/passwd', 1),
      { ...finding('job.py', 1), location: null },
      finding('job.py', 2, 'idle-wait'),
    ];
    const { marks } = await judgeComparison(
      judged({ verdicts: [], findings, findingsFolder: join(workspace, 'app') }),
    );
    expect(marks.map(({ key }) => key)).toEqual([
      '["finding","repeated-load","app/job.py","decode(audio)"]',
      '["finding","idle-wait","app/job.py","decode(audio)"]',
    ]);
    expect(marks[0]).toMatchObject({ file: 'app/job.py', span: 1, share: 0.4, verdict: null });
    expect(marks[0]!.finding!.evidence[0]).toMatchObject({ file: 'a.log', line: 3, span: null });
    expect(marks[0]!.finding!.evidence[0]!.text).toHaveLength(500);
  });
});

describe('judgeRun', () => {
  it('puts what is wrong with a stored run on the line that its log names', async () => {
    write('run.py', ['import logging', "log.info('Loading model from %s', path)"]);
    const lines = Array.from({ length: 4 }, (_, i) => [
      `2026-01-01 10:00:0${2 * i},000 INFO Loading model from /models/asr.bin`,
      `2026-01-01 10:00:0${2 * i + 1},000 INFO Loaded model /models/asr.bin in 1.00 s`,
    ]);
    write('job.log', lines.flat());
    const library = openLibraryAt(join(workspace, 'home', 'library.sqlite'));
    try {
      const run = await importRun([join(workspace, 'job.log')], {
        as: 'log',
        signal: new AbortController().signal,
      });
      library.profiles.put(run, 'nightly');
      const judgement = await judgeRun(library, run.id, 'nightly', workspace);
      expect(judgement).toMatchObject({
        ...{ origin: 'run', name: 'nightly', verdict: null, judgedRuns: [run.id] },
        marks: [
          {
            ...{ file: 'run.py', source: { line: 2, rung: 'string-literal' } },
            finding: { kind: 'repeated-load' },
            runs: { a: [], b: [run.id] },
          },
        ],
      });
    } finally {
      library.close();
    }
  });
});

describe('workspaceRoot', () => {
  it('is the nearest folder with a configuration, else the root of the repository, else the folder', () => {
    const deep = join(workspace, 'a', 'b');
    mkdirSync(deep, { recursive: true });
    mkdirSync(join(workspace, '.git'));
    expect(workspaceRoot(deep)).toBe(workspace);
    write('a/earshot.config.json', ['{}']);
    expect(workspaceRoot(deep)).toBe(join(workspace, 'a'));
    expect(realFolder(join(workspace, 'missing'))).toBe(join(workspace, 'missing'));
  });
});
