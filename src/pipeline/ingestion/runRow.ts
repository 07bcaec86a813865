import type { Run } from '../../profiler/model/run.ts';
import { encodeRun } from '../../profiler/model/runCodec.ts';
import type { RunRow } from '../../store/runs.ts';

/**
 * A run of a video as the library stores it.
 *
 * @param kind `ingest`, or `nothing-to-do` for one that found everything done and is not worth a report
 */
export function runRow(
  run: Run,
  videoId: string,
  name: string,
  kind: 'ingest' | 'nothing-to-do' = 'ingest',
): RunRow {
  return {
    id: run.id,
    videoId,
    kind,
    name,
    status: run.status,
    startedAt: new Date(Number(run.epochNs / 1_000_000n)).toISOString(),
    run: Buffer.from(encodeRun(run)),
  };
}
