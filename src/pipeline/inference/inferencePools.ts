import { type ChosenModels, chooseModels } from '../models/inferenceModels.ts';
import type { ModelShelf } from '../models/modelShelf.ts';
import { InferencePool } from './inferencePool.ts';

export interface Inference {
  readonly pool: InferencePool;
  readonly models: ChosenModels;
}

/** The inference processes of a library: a pool for each recognition model in use, made when it is first needed. */
export class InferencePools {
  readonly #shelf: ModelShelf;
  readonly #processes: number;
  readonly #pools = new Map<string, Promise<Inference>>();

  constructor(shelf: ModelShelf, processes: number) {
    this.#shelf = shelf;
    this.#processes = processes;
  }

  /** @throws `model.unknown`, `model.missing`, `model.damaged`, `model.wrong-task` */
  get(recognition: string): Promise<Inference> {
    let inference = this.#pools.get(recognition);
    if (!inference) {
      inference = chooseModels(this.#shelf, recognition).then((models) => ({
        models,
        pool: new InferencePool(models.paths, this.#processes),
      }));
      this.#pools.set(recognition, inference);
      // A failure is not kept: the person may mend the models meanwhile.
      inference.catch(() => this.#pools.delete(recognition));
    }
    return inference;
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    const pools = await Promise.allSettled(this.#pools.values());
    await Promise.all(
      pools.map(async (made) => {
        if (made.status === 'fulfilled') await made.value.pool.close();
      }),
    );
  }
}
