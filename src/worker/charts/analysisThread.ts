import { parentPort, workerData } from 'node:worker_threads';
import { decodeRun } from '../../profiler/model/runCodec.ts';
import { digestOf } from '../dashboard/runDigest.ts';
import type { AnalysisOrder } from './analyst.ts';
import { analyseForChart } from './chartAnalysis.ts';

/** Looks one run through in a thread of its own, and posts what it found; an error ends the thread with it. */
async function answer(order: AnalysisOrder): Promise<void> {
  const run = decodeRun(order.run);
  if (order.job === 'digest') {
    parentPort?.postMessage(digestOf(run));
    return;
  }
  const other = order.baseline === null ? null : decodeRun(order.baseline);
  parentPort?.postMessage(await analyseForChart(run, other, order.options));
}

void answer(workerData as AnalysisOrder);
