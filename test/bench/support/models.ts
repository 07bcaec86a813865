import type { InferenceModels } from '../../../src/pipeline/inference/modelPaths.ts';
import { chooseModels } from '../../../src/pipeline/models/inferenceModels.ts';
import { ModelShelf } from '../../../src/pipeline/models/modelShelf.ts';

/** Verified paths of the models that the product loads. */
export async function productModels(home: string, recognition?: string): Promise<InferenceModels> {
  return (await chooseModels(new ModelShelf(home), recognition)).paths;
}
