import type { ModelInfo } from '../../protocol/library.ts';
import { EarshotError } from '../earshotError.ts';
import type { ModelShelf } from './modelShelf.ts';

/** All models of the manifest, with their credits, and whether they are there and whole. */
export async function modelInfos(shelf: ModelShelf): Promise<ModelInfo[]> {
  return await Promise.all(
    shelf.manifest.models.map(async (model): Promise<ModelInfo> => {
      const present = await shelf.isPresent(model.name);
      return {
        name: model.name,
        title: model.title,
        kind: model.kind,
        present,
        verified: present ? await isVerified(shelf, model.name) : null,
        bytes: model.files.reduce((sum, file) => sum + file.bytes, 0),
        licence: model.licence,
        credit: model.credit,
        source: model.source,
      };
    }),
  );
}

async function isVerified(shelf: ModelShelf, name: string): Promise<boolean> {
  try {
    await shelf.paths(name);
    return true;
  } catch (error) {
    if (error instanceof EarshotError) return false;
    throw error;
  }
}
