import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importRun } from '../../../../src/profiler/importers/importRun.ts';
import { notation } from './notation.ts';

const folder = join(import.meta.dirname, '../../../fixtures/profiles/logs');
const SIGNAL = new AbortController().signal;

/** What every fixture says in its own format (see make.sh), and what each adds. */
const COVERAGE = ['percentage 0.34', 'ratio 508/1494 pages', 'target percentage ≥0.9'];
const INDEXED = [
  'count 282 pages',
  'duration 272.58',
  'rate 1 pages/s',
  'target rate 23..30 pages/s',
];
const FIELDS = ['count 282 pages', 'duration 272.58'];
const PYTHON = {
  lines: 14,
  timed: true,
  levels: '323333453',
  found: [
    ...INDEXED,
    ...COVERAGE,
    'resource data/catalogue.csv',
    'device cpu',
    'ratio 2/3',
    'duration 0.012',
  ],
};
const SHORT = { lines: 2, timed: true, levels: '34' };

const FILES: Readonly<
  Record<string, { lines: number; timed: boolean; levels: string; found: readonly string[] }>
> = {
  'python-default.log': { ...PYTHON, timed: false },
  'python-asctime.log': PYTHON,
  'python-bar.log': PYTHON,
  'python-clock.log': PYTHON,
  'python-utf16.log': PYTHON,
  'structlog-json.log': {
    ...SHORT,
    found: [
      ...FIELDS,
      'rate 1.03',
      'target rate 23',
      'device cpu',
      'percentage 0.34',
      'count 508',
      'count 1494',
    ],
  },
  'structlog-logfmt.log': {
    ...SHORT,
    found: [...FIELDS, 'rate 1.03', 'target rate 23', 'device cpu', 'percentage 0.34'],
  },
  'loguru.log': { ...SHORT, found: [...INDEXED, ...COVERAGE] },
  'java-util-logging.log': {
    lines: 13,
    timed: true,
    levels: '33453',
    found: [...INDEXED, ...COVERAGE],
  },
  'logback.log': { lines: 17, timed: true, levels: '33453', found: [...INDEXED, ...COVERAGE] },
  'go-log.log': { ...SHORT, levels: '00', found: [...INDEXED, ...COVERAGE] },
  'go-slog-text.log': { ...SHORT, found: [...FIELDS, ...COVERAGE, 'device cpu', 'count 15'] },
  'go-slog-json.log': { ...SHORT, found: [...FIELDS, ...COVERAGE, 'device cpu', 'count 15'] },
  'go-zap.log': { ...SHORT, found: [...FIELDS, ...COVERAGE] },
  'go-logrus.log': { ...SHORT, found: [...FIELDS, ...COVERAGE] },
  'go-klog.log': { ...SHORT, found: [...INDEXED, ...COVERAGE] },
  'pino.log': { ...SHORT, found: [...FIELDS, ...COVERAGE] },
  'bunyan.log': { ...SHORT, found: [...FIELDS, ...COVERAGE] },
  'winston.log': { ...SHORT, found: [...FIELDS, ...COVERAGE] },
  'rust-env_logger.log': { ...SHORT, found: [...INDEXED, ...COVERAGE] },
  'rust-tracing.log': { ...SHORT, found: [...FIELDS, ...COVERAGE] },
  'rust-tracing-json.log': { ...SHORT, found: [...FIELDS, ...COVERAGE] },
  'rust-tracing-colour.log': { ...SHORT, found: [...FIELDS, ...COVERAGE] },
  'syslog-3164.log': { lines: 1, timed: true, levels: '4', found: COVERAGE },
  'syslog-5424.log': { lines: 1, timed: true, levels: '4', found: COVERAGE },
};

describe('logs of real tools', () => {
  it.each(Object.entries(FILES))('%s', async (name, { lines, timed, levels, found }) => {
    const run = await importRun([join(folder, name)], { signal: SIGNAL });
    expect(run.provenance.format).toBe('log');
    expect(run.kind).toBe('log');
    const log = run.log!;
    expect([log.lines, log.timed, log.unmatchedLines]).toEqual([lines, timed, 0]);
    expect(Array.from(run.instants.level).join('')).toBe(levels);
    const said = log.measurements.map((each) => notation(each).replace(/ “.*$/u, ''));
    expect(said).toEqual(expect.arrayContaining([...found]));
  });

  it.each(['python-asctime.log', 'python-clock.log', 'java-util-logging.log', 'logback.log'])(
    'pairs the start and the end in %s',
    async (name) => {
      const run = await importRun([join(folder, name)], { signal: SIGNAL });
      expect(Array.from(run.spans.nameId, (id) => run.strings[id])).toEqual(
        expect.arrayContaining(['import', 'Indexed pages']),
      );
    },
  );

  it('is on the clock of the lines', async () => {
    const run = await importRun([join(folder, 'go-zap.log')], { signal: SIGNAL });
    const spanEnd =
      Number(run.epochNs / 1_000_000n) +
      ((run.spans.startNs[0] ?? 0) + (run.spans.durationNs[0] ?? 0)) / 1e6;
    expect(spanEnd).toBeCloseTo(1_795_411_702_023, 0);
  });
});
