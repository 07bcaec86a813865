import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EarshotError } from '../earshotError.ts';
import type { CheckCache, FileIdentity } from './checkCache.ts';
import type { ModelEntry, ModelFile } from './manifest.ts';

/**
 * Checks every file of a model against the manifest, and gives their absolute paths by manifest path. With a cache only
 * files that changed since their last check are hashed; without one all are.
 * @throws `model.missing`, `model.damaged`
 */
export async function verifyModel(
  model: ModelEntry,
  folder: string,
  cache?: CheckCache,
): Promise<ReadonlyMap<string, string>> {
  const paths = new Map<string, string>();
  for (const file of model.files) {
    const path = join(folder, file.path);
    await verifyFile(model, file, path, cache);
    paths.set(file.path, path);
  }
  return paths;
}

/** Whether all files of a model are there with their right sizes; says nothing about their content. */
export async function isModelPresent(model: ModelEntry, folder: string): Promise<boolean> {
  const sizes = await Promise.all(
    model.files.map(
      async (file) => (await identify(join(folder, file.path)))?.bytes === file.bytes,
    ),
  );
  return sizes.every(Boolean);
}

async function verifyFile(
  model: ModelEntry,
  file: ModelFile,
  path: string,
  cache: CheckCache | undefined,
): Promise<void> {
  const identity = await identify(path);
  if (identity === undefined) {
    throw new EarshotError(
      'model.missing',
      `The file ${path} of the model ${model.name} is missing.`,
      remedy(model),
    );
  }
  if (identity.bytes !== file.bytes) {
    throw damaged(model, path, `${String(identity.bytes)} bytes instead of ${String(file.bytes)}`);
  }
  let sha256 = cache?.get(path, identity);
  if (sha256 === undefined) {
    sha256 = await hashFile(path);
    cache?.set(path, identity, sha256);
  }
  if (sha256 !== file.sha256) {
    throw damaged(model, path, `sha256 ${sha256} instead of ${file.sha256}`);
  }
}

function damaged(model: ModelEntry, path: string, how: string): EarshotError {
  return new EarshotError(
    'model.damaged',
    `The file ${path} of the model ${model.name} is damaged: ${how}.`,
    remedy(model),
  );
}

function remedy(model: ModelEntry): string {
  return model.kind === 'bundled'
    ? 'Install Earshot again; in a checkout: `git checkout -- models`.'
    : `Run \`earshot models get ${model.name}\`.`;
}

async function identify(path: string): Promise<FileIdentity | undefined> {
  try {
    const { size, mtimeNs, ino } = await stat(path, { bigint: true });
    return { bytes: Number(size), modifiedNs: String(mtimeNs), inode: String(ino) };
  } catch {
    return undefined;
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
