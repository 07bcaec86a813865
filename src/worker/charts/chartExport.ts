import type { ExportFormat } from '../../protocol/chart.ts';
import { chromeTraceChunks } from '../../profiler/export/chromeTrace.ts';
import { otlpJsonChunks } from '../../profiler/export/otlpJson.ts';
import { speedscopeChunks } from '../../profiler/export/speedscope.ts';
import { requireTime } from '../../profiler/export/timeRequired.ts';
import type { Run } from '../../profiler/model/run.ts';
import { encodeRun } from '../../profiler/model/runCodec.ts';
import { markdownReport } from '../../profiler/report/markdownReport.ts';
import type { OpenedChart } from './openCharts.ts';

/**
 * A run in an exchange format, in pieces. Whatever speaks against it is thrown here, before a file is begun.
 *
 * @throws ProfilerError `export.no-time`; for `md` what the analysis throws
 */
export async function chartExport(
  { chart, model: { run } }: OpenedChart,
  format: ExportFormat,
): Promise<Iterable<string | Uint8Array>> {
  switch (format) {
    case 'speedscope':
      return speedscopeChunks(run);
    case 'chrome':
      return timed(run, 'Chrome trace', chromeTraceChunks);
    case 'otlp':
      return timed(run, 'OTLP', otlpJsonChunks);
    case 'md':
      return [markdownReport({ ...(await chart.analysis()), run })];
    case 'run':
      return [encodeRun(run)];
  }
}

function timed(run: Run, format: string, chunks: (run: Run) => Iterable<string>): Iterable<string> {
  requireTime(run, format);
  return chunks(run);
}
