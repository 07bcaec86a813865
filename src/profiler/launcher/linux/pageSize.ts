import { readFileSync } from 'node:fs';
import { parseProcessStat } from './processStat.ts';

let known: number | undefined;

/** Bytes of a page of memory: 4096 on x86, up to 65536 on ARM. Found by comparing two ways of telling one size. */
export function pageSize(): number {
  known ??= measure();
  return known;
}

function measure(): number {
  try {
    const pages = parseProcessStat(readFileSync('/proc/self/stat', 'latin1'))?.rssPages ?? 0;
    const [, kibibytes] =
      /^VmRSS:\s+(\d+)/mu.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    const bytes = (Number(kibibytes) * 1024) / pages;
    return bytes > 2048 && bytes < 2 ** 17 ? 2 ** Math.round(Math.log2(bytes)) : 4096;
  } catch {
    return 4096;
  }
}
