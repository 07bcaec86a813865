import { createHash } from 'node:crypto';
import { EarshotError } from '../earshotError.ts';
import type { KeyInputs } from '../ingestion/stageKeys.ts';
import type { InferenceModels } from '../inference/modelPaths.ts';
import type { ModelEntry } from './manifest.ts';
import type { ModelShelf } from './modelShelf.ts';

/** The recognition model that is taken where none is named. */
export const DEFAULT_RECOGNITION = 'moonshine-tiny';

/** What an ingest needs of the models: verified paths, and what their content contributes to stage keys. */
export interface ChosenModels {
  readonly paths: InferenceModels;
  readonly hashes: KeyInputs['models'];
}

/**
 * Verifies the models that an ingest uses and gives their paths.
 *
 * @throws `model.unknown`, `model.missing`, `model.damaged`, `model.wrong-task`
 */
export async function chooseModels(
  shelf: ModelShelf,
  recognition: string = DEFAULT_RECOGNITION,
): Promise<ChosenModels> {
  const names = {
    segmentation: 'pyannote-segmentation',
    voice: 'wespeaker-resnet34',
    recognition,
    text: 'minilm-l6',
  };
  const entry = shelf.find(recognition);
  if (!entry.recognition) {
    throw new EarshotError(
      'model.wrong-task',
      `The model ${recognition} does not recognise speech.`,
      'Name one that does; `earshot models list` shows them.',
    );
  }
  const contract = entry.recognition;
  const [segmentation, voice, speech, text] = await Promise.all([
    shelf.paths(names.segmentation),
    shelf.paths(names.voice),
    shelf.paths(names.recognition),
    shelf.paths(names.text),
  ]);
  const file = (paths: ReadonlyMap<string, string>, name: string) => paths.get(name) ?? name;
  return {
    paths: {
      segmentation: file(segmentation, 'segmentation.onnx'),
      trunk: file(voice, 'speaker_trunk.onnx'),
      pool: file(voice, 'speaker_pool.onnx'),
      text: file(text, 'text.onnx'),
      tokenizer: file(text, 'tokenizer/tokenizer.json'),
      tokenizerConfig: file(text, 'tokenizer/tokenizer_config.json'),
      recognition: {
        ...contract,
        encoder: file(speech, contract.encoder),
        decoder: file(speech, contract.decoder),
        tokens: file(speech, contract.tokens),
      },
    },
    hashes: {
      segmentation: hashOf(shelf.find(names.segmentation)),
      voice: hashOf(shelf.find(names.voice)),
      recognition: hashOf(entry),
      text: hashOf(shelf.find(names.text)),
    },
  };
}

/** Hash of the contents of all files of a model. */
function hashOf(model: ModelEntry): string {
  const hash = createHash('sha256');
  for (const file of model.files) hash.update(`${file.path} ${file.sha256}\n`);
  return hash.digest('hex');
}
