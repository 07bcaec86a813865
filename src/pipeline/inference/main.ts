import type { InferenceModels } from './modelPaths.ts';
import { TaskRunner } from './runTask.ts';
import { unixNanoseconds } from './taskClock.ts';
import type { FromInference, ToInference } from './tasks.ts';

/** An inference process: answers one task after another until its parent goes away. */
function main(): void {
  const models = JSON.parse(process.argv[2] ?? '') as InferenceModels;
  const runner = new TaskRunner(models);
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => {
    void answer(runner, message as ToInference);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  send({ type: 'ready' });
}

async function answer(runner: TaskRunner, { id, task }: ToInference): Promise<void> {
  try {
    const loads = await runner.prepare(task);
    const startNs = unixNanoseconds();
    const cpu = process.cpuUsage();
    const result = await runner.run(task);
    const used = process.cpuUsage(cpu);
    send({
      type: 'done',
      id,
      result,
      timing: {
        startNs,
        endNs: unixNanoseconds(),
        cpuSeconds: (used.user + used.system) / 1e6,
        loads,
      },
    });
  } catch (error) {
    send({
      type: 'failed',
      id,
      code: 'inference.failed',
      message: error instanceof Error ? error.message : String(error),
      action: 'Run it again; if it fails again, run Earshot’s doctor to check the models.',
    });
  }
}

function send(message: FromInference): void {
  process.send?.(message, (error: Error | null) => {
    if (error) process.exit(1);
  });
}

main();
