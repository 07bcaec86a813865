import type { CodeLocation } from '../../profiler/recorder/codeLocation.ts';
import { ATTRIBUTE } from '../../profiler/model/attributeNames.ts';
import type { RunRecorder } from '../../profiler/recorder/runRecorder.ts';
import { here } from '../../profiler/recorder/codeLocation.ts';
import type { InferencePool } from '../inference/inferencePool.ts';
import type { ModelLoad } from '../inference/tasks.ts';
import { PRIORITY } from '../stages/priorities.ts';

/**
 * Starts the inference processes and has them load their models while the first audio is being decoded. Failures are
 * left to the first real task, which meets them again and tells them.
 */
export async function warmUp(
  pool: InferencePool,
  recorder: RunRecorder,
  signal: AbortSignal,
): Promise<void> {
  const code = here('warmUp');
  const processes = Array.from({ length: pool.size }, () =>
    pool.run({ type: 'warm' }, PRIORITY.search, signal),
  );
  for (const answer of await Promise.allSettled(processes)) {
    if (answer.status === 'rejected') continue;
    recordLoads(recorder, answer.value.timing.loads, answer.value.process, code);
  }
}

/** Records the loading of models by an inference process: beside the stages, not as part of their work. */
export function recordLoads(
  recorder: RunRecorder,
  loads: readonly ModelLoad[],
  process: number,
  code: CodeLocation,
): void {
  for (const { model, startNs, endNs } of loads) {
    const resource = `model:${model}`;
    recorder.recordSpan({
      name: 'load model',
      code,
      parent: recorder.root,
      track: `inference ${process + 1}`,
      attributes: { [ATTRIBUTE.resource]: resource },
      startNs,
      endNs,
    });
    recorder.countLoad(resource);
  }
}
