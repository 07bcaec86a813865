import { basename } from 'node:path';
import { loadConfig } from '../../pipeline/config/loadConfig.ts';
import { importRun } from '../../profiler/importers/importRun.ts';
import type { Run } from '../../profiler/model/run.ts';
import { TARGET_NAMES } from '../../profiler/report/targets.ts';

/** How far a reading of files is. */
export interface ImportProgress {
  /** Of the file that is being read; null where its size is not known. */
  readonly fraction: number | null;
  readonly text: string;
}

const TELL_EVERY_MS = 100;

/**
 * Reads files of any program as one run, with the patterns of lines that the workspace's configuration names.
 *
 * @param workspace undefined in an untrusted one: its configuration is not read.
 * @throws EarshotError `config.*`; ProfilerError `import.*`; DOMException `AbortError`
 */
export function importFiles(
  paths: readonly string[],
  workspace: string | undefined,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
): Promise<Run> {
  const config = workspace === undefined ? null : loadConfig(workspace, TARGET_NAMES);
  let toldAt = 0;
  return importRun(paths, {
    signal,
    options: { logPatterns: config?.config.logPatterns },
    onProgress: (file, bytes, size) => {
      const now = performance.now();
      if (now - toldAt < TELL_EVERY_MS) return;
      toldAt = now;
      const fraction = size === null || size === 0 ? null : Math.min(1, bytes / size);
      const read = `${(bytes / 1e6).toFixed(0)} MB`;
      onProgress({ fraction, text: `Reading ${basename(file)}: ${read}` });
    },
  });
}
