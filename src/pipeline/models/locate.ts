import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EarshotError } from '../earshotError.ts';
import type { ModelEntry } from './manifest.ts';

/**
 * The folder of the models that travel with Earshot: beside `dist/` when bundled, at the root of the checkout when the
 * sources run unbundled. @throws `model.missing`
 */
export function modelsDirectory(from = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'models');
    if (existsSync(join(candidate, 'manifest.json'))) return candidate;
    if (dirname(folder) === folder) break;
  }
  throw new EarshotError(
    'model.missing',
    `No folder “models” with a manifest.json was found above ${from}.`,
    'Install Earshot again.',
  );
}

/** Where the files of a model are: with Earshot, or in the library's folder once they were downloaded. */
export function modelFolder(model: ModelEntry, bundled: string, home: string): string {
  return model.kind === 'bundled' ? bundled : join(home, 'models', model.name);
}
