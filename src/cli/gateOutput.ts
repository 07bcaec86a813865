import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type GateReport,
  headline,
  intervalTitle,
  shownVerdicts,
  stopText,
} from '../profiler/gate/gateReport.ts';
import { singleLine } from '../pipeline/transcript/singleLine.ts';
import { gateSummary, percentChange } from '../profiler/gate/gateSummary.ts';
import { junitXml } from '../profiler/gate/junitXml.ts';
import { sarif } from '../profiler/gate/sarif.ts';
import { formatNumber, NO_VALUE } from '../profiler/report/formatNumber.ts';
import type { Verdict } from '../profiler/verdict/verdict.ts';
import type { Session } from './session.ts';
import { type Column, renderTable } from './table.ts';
import { writeWhole } from './writeWhole.ts';

/** Files that a gate writes beside what it prints. */
export interface GateFiles {
  /** `auto`: what GitHub Actions shows of a step, where there is one. */
  readonly summary?: string;
  readonly junit?: string;
  readonly sarif?: string;
}

/** Writes the reports that were asked for. @throws EarshotError `output.unwritable` */
export function writeGateFiles(session: Session, report: GateReport, files: GateFiles): void {
  const { io, output } = session;
  const write = (file: string, text: string): void => {
    const path = resolve(io.cwd, file);
    writeWhole(path, [text]);
    output.info(`Wrote ${path}.`);
  };
  if (files.summary === 'auto') {
    const step = io.env['GITHUB_STEP_SUMMARY'] ?? '';
    if (step !== '') appendFileSync(step, gateSummary(report));
    else output.info('GITHUB_STEP_SUMMARY is not set: no summary was written.');
  } else if (files.summary !== undefined) write(files.summary, gateSummary(report));
  if (files.junit !== undefined) write(files.junit, junitXml(report));
  if (files.sarif !== undefined) write(files.sarif, sarif(report));
}

/** The verdicts for a person. */
export function printGate({ output }: Session, report: GateReport): void {
  const { bold, red, green, yellow } = output.palette;
  const { outcome, a, b, notes, reproduce } = report;
  const paint = { regression: red, fine: green, inconclusive: yellow }[outcome.verdict];
  output.result(`\n${bold(paint(singleLine(headline(report))))}\n`);
  output.result(`A ${singleLine(a.label)}\nB ${singleLine(b.label)}\n${stopText(outcome)}\n\n`);
  const verdicts = shownVerdicts(report);
  output.result(renderTable(columnsOf(intervalTitle(outcome)), verdicts, output.columns));
  for (const verdict of verdicts.filter((each) => each.verdict !== 'same')) {
    output.result(`${singleLine(`${verdict.stage} ${verdict.metric}: ${verdict.reason}`)}\n`);
  }
  const all = [...outcome.comparison.notes, ...notes];
  if (all.length > 0) output.result(`\n${all.map(singleLine).join('\n')}\n`);
  output.info(`\nFrom the stored runs again: ${singleLine(reproduce.at(-1) ?? '')}`);
}

const value = (each: number | string | null): string =>
  typeof each === 'string' ? each : formatNumber(each);

const columnsOf = (interval: string): readonly Column<Verdict>[] => [
  { title: 'Stage', cell: ({ stage }) => stage, flexible: true },
  { title: 'Metric', cell: ({ metric }) => metric },
  { title: 'Verdict', cell: ({ verdict }) => verdict },
  { title: 'A', cell: ({ medians }) => value(medians[0]), align: 'right' },
  { title: 'B', cell: ({ medians }) => value(medians[1]), align: 'right' },
  { title: 'Unit', cell: ({ unit }) => unit },
  { title: 'Change', cell: ({ ratio }) => percentChange(ratio), align: 'right' },
  {
    title: interval,
    cell: ({ interval: [low, high], tier }) =>
      tier === 0 ? 'exact' : `${percentChange(low)} … ${percentChange(high)}`,
    align: 'right',
  },
  { title: 'n', cell: ({ n }) => `${n[0]} v ${n[1]}`, align: 'right' },
  {
    title: 'p',
    cell: ({ p }) => (p === null ? NO_VALUE : formatNumber(Number(p.toPrecision(2)))),
    align: 'right',
  },
  { title: 'Visible', cell: (each) => percentChange(each.smallestVisible), align: 'right' },
];

/** The same for a program. */
export function gateRecord(report: GateReport, exitCode: number): object {
  const { outcome, a, b, notes, reproduce, name, command } = report;
  const { comparison, why, cancelled, alpha, confidence, runs, verdict } = outcome;
  const { comparable, differences } = comparison.environment;
  return {
    type: 'result',
    command: 'gate',
    name,
    commandLine: command,
    result: verdict,
    exitCode,
    verdicts: comparison.verdicts,
    environment: { comparable, differences },
    runs,
    why,
    partial: cancelled,
    alpha,
    confidence,
    baseline: a,
    head: b,
    findings: report.findings,
    notes: [...comparison.notes, ...notes],
    reproduce,
  };
}
