import { parentPort, workerData } from 'node:worker_threads';
import { decodeRun } from '../../profiler/model/runCodec.ts';
import type { AnalysisOrder } from './analyst.ts';
import { analyseForChart } from './chartAnalysis.ts';

/** Looks one run through in a thread of its own, and posts what it found; an error ends the thread with it. */
async function answer({ run, baseline, options }: AnalysisOrder): Promise<void> {
  const other = baseline === null ? null : decodeRun(baseline);
  parentPort?.postMessage(await analyseForChart(decodeRun(run), other, options));
}

void answer(workerData as AnalysisOrder);
