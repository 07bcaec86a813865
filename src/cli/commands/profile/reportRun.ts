import { resolve } from 'node:path';
import { EarshotError } from '../../../pipeline/earshotError.ts';
import { issueReport } from '../../../profiler/report/issueReport.ts';
import { markdownReport } from '../../../profiler/report/markdownReport.ts';
import { reportJson } from '../../../profiler/report/reportJson.ts';
import type { RunAnalysis } from '../../../profiler/report/runAnalysis.ts';
import type { Severity } from '../../../profiler/diagnosis/finding.ts';
import { analyseStoredRun } from '../../../runs/analyseStoredRun.ts';
import type { Session } from '../../session.ts';
import { writeWhole } from '../../writeWhole.ts';

export const REPORT_FORMATS = ['md', 'json', 'issue'] as const;

export interface ReportFlags {
  readonly format: (typeof REPORT_FORMATS)[number];
  readonly output?: string;
  readonly workspace?: string;
  readonly baseline?: string;
  readonly failOn?: Severity;
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** `profile report RUN`: what is wrong with a run, where, and what to do. */
export async function reportRun(session: Session, id: string, flags: ReportFlags): Promise<number> {
  const { output, io } = session;
  const format = output.json ? 'json' : flags.format;
  if (output.json && flags.format === 'issue') {
    throw new EarshotError(
      'usage',
      '--json and --format issue are two different reports.',
      'Leave one of them out.',
    );
  }
  const analysis = await analyseStoredRun(await session.library(), id, {
    workspace: resolve(io.cwd, flags.workspace ?? '.'),
    baseline: flags.baseline,
  });
  const text = rendered(analysis, format);
  if (flags.output !== undefined && flags.output !== '-') {
    const file = resolve(io.cwd, flags.output);
    writeWhole(file, [text]);
    output.info(`Wrote ${file}.`);
  } else await output.piece(text);
  const { failOn } = flags;
  const failed =
    failOn !== undefined &&
    analysis.findings.some(({ severity }) => RANK[severity] >= RANK[failOn]);
  return failed ? 1 : 0;
}

function rendered(analysis: RunAnalysis, format: (typeof REPORT_FORMATS)[number]): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(reportJson(analysis))}\n`;
    case 'issue':
      return issueReport(analysis);
    case 'md':
      return markdownReport(analysis);
  }
}
