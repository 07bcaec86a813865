/** Reads a file into a string and parses it with JSON.parse, and prints what that took as a line of JSON. */
import { readFileSync } from 'node:fs';

const [path = ''] = process.argv.slice(2);
const started = performance.now();
const value = JSON.parse(readFileSync(path, 'utf8')) as object;
const seconds = (performance.now() - started) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({
    seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakBytes: maxRSS * 1024,
    keys: Object.keys(value).length,
  }),
);
