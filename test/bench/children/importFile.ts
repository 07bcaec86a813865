/** Imports a file into a run, as `profile import` does but for storing it, and prints what it took as a line of JSON. */
import { importRun } from '../../../src/profiler/importers/importRun.ts';
import { spanCount } from '../../../src/profiler/model/run.ts';

const [path = ''] = process.argv.slice(2);
const started = performance.now();
const run = await importRun([path], { signal: new AbortController().signal });
const seconds = (performance.now() - started) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({
    seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakBytes: maxRSS * 1024,
    spans: spanCount(run),
    rejected: run.provenance.rejectedCount,
  }),
);
