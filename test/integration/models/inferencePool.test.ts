import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CancelledError, EarshotError } from '../../../src/pipeline/earshotError.ts';
import { InferencePool } from '../../../src/pipeline/inference/inferencePool.ts';
import type { EmbedTask } from '../../../src/pipeline/inference/tasks.ts';
import { type ChosenModels, chooseModels } from '../../../src/pipeline/models/inferenceModels.ts';
import { ModelShelf } from '../../../src/pipeline/models/modelShelf.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';

const home = temporaryHome();
let models: ChosenModels;
let pool: InferencePool;

beforeAll(async () => {
  models = await chooseModels(new ModelShelf(home.path));
});
afterAll(() => home[Symbol.dispose]());
afterEach(() => pool.close());

const never = new AbortController().signal;
const embed = (count: number): EmbedTask => ({
  type: 'embed',
  texts: Array.from({ length: count }, (_, i) => `A sentence that says number ${i} and some more.`),
});
const kill = () => {
  const pids = pool.pids;
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids;
};
const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('InferencePool', () => {
  test('does a task whose process is killed once more, in a new process', async () => {
    pool = new InferencePool(models.paths, 1);
    const undisturbed = await pool.run(embed(4), 1, never);
    const running = pool.run(embed(4), 1, never);
    const [first] = kill();
    const { result } = await running;
    expect(result).toEqual(undisturbed.result);
    expect(pool.pids).toHaveLength(1);
    expect(pool.pids).not.toContain(first);
  });

  test('fails a task whose model cannot be loaded, not its process', async () => {
    pool = new InferencePool(models.paths, 1);
    const damaged = { ...models.paths, text: models.paths.tokenizer };
    const failing = new InferencePool(damaged, 1);
    const refused = await failing.run(embed(1), 1, never).catch((error: unknown) => error);
    await failing.close();
    expect(refused).toBeInstanceOf(EarshotError);
    expect(refused).toMatchObject({ code: 'inference.failed' });
    expect((await pool.run(embed(2), 1, never)).result).toHaveLength(2);
  });

  test('takes the most urgent task first', async () => {
    pool = new InferencePool(models.paths, 1);
    const order: string[] = [];
    const run = async (name: string, priority: number) => {
      await pool.run(embed(1), priority, never);
      order.push(name);
    };
    await Promise.all([run('first', 9), run('late', 5), run('later', 5), run('urgent', 0)]);
    expect(order).toEqual(['first', 'urgent', 'late', 'later']);
  });

  test('lets go of what is cancelled, waiting or running, and leaves no process behind', async () => {
    pool = new InferencePool(models.paths, 1);
    const abort = new AbortController();
    const cancelled = [1, 2].map(() => pool.run(embed(50), 1, abort.signal));
    const kept = pool.run(embed(1), 2, never);
    abort.abort();
    for (const each of cancelled) await expect(each).rejects.toBeInstanceOf(CancelledError);
    expect((await kept).result).toHaveLength(1);
    const { pids } = pool;
    const cut = pool.run(embed(200), 1, never);
    await Promise.all([expect(cut).rejects.toBeInstanceOf(CancelledError), pool.close()]);
    expect(pids).toHaveLength(1);
    expect(pids.filter(alive)).toEqual([]);
    await expect(pool.run(embed(1), 1, never)).rejects.toBeInstanceOf(CancelledError);
  });
});
