import { join } from 'node:path';
import { CheckCache } from './checkCache.ts';
import { modelFolder, modelsDirectory } from './locate.ts';
import { findModel, readManifest, type ModelEntry, type ModelManifest } from './manifest.ts';
import { isModelPresent, verifyModel } from './verify.ts';

/** The models of an installation and of a library: names in, verified paths out. */
export class ModelShelf {
  readonly #home: string;
  readonly #bundled: string;
  readonly #cache: CheckCache;
  readonly manifest: ModelManifest;

  /** @param bundled - folder of the models that travel with Earshot. @throws `model.missing`, `model.damaged` */
  constructor(home: string, bundled = modelsDirectory()) {
    this.#home = home;
    this.#bundled = bundled;
    this.#cache = new CheckCache(join(home, 'cache', 'model-checks.json'));
    this.manifest = readManifest(bundled);
  }

  /** @throws `model.unknown` */
  find(name: string): ModelEntry {
    return findModel(this.manifest, name);
  }

  /** Folder that holds the model's files, or will once it is downloaded. */
  folder(model: ModelEntry): string {
    return modelFolder(model, this.#bundled, this.#home);
  }

  /**
   * Paths of the model's files by manifest path, safe to load: each was hashed since it last changed.
   * @throws `model.unknown`, `model.missing`, `model.damaged`
   */
  async paths(name: string): Promise<ReadonlyMap<string, string>> {
    const model = this.find(name);
    return await verifyModel(model, this.folder(model), this.#cache);
  }

  /** Hashes every file of the model, whatever was remembered. @throws as `paths` */
  async verify(name: string): Promise<void> {
    const model = this.find(name);
    await verifyModel(model, this.folder(model));
  }

  async isPresent(name: string): Promise<boolean> {
    const model = this.find(name);
    return await isModelPresent(model, this.folder(model));
  }
}
