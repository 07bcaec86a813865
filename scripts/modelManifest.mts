/**
 * Writes size and sha256 of the bundled models into models/manifest.json: `npm run models:manifest`, after a model was
 * rebuilt. With `--check` it changes nothing and fails where a file differs.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  models: { kind: string; files: { path: string; bytes: number; sha256: string }[] }[];
}

const directory = join(import.meta.dirname, '..', 'models');
const manifestFile = join(directory, 'manifest.json');
const before = readFileSync(manifestFile, 'utf8');
const manifest = JSON.parse(before) as Manifest;

for (const model of manifest.models.filter(({ kind }) => kind === 'bundled')) {
  for (const file of model.files) {
    const content = readFileSync(join(directory, file.path));
    file.bytes = content.length;
    file.sha256 = createHash('sha256').update(content).digest('hex');
  }
}

const after = `${JSON.stringify(manifest, undefined, 2)}\n`;
if (after === before) {
  console.log('models/manifest.json is current');
} else if (process.argv.includes('--check')) {
  console.error('models/manifest.json is not current: run `npm run models:manifest`');
  process.exitCode = 1;
} else {
  writeFileSync(manifestFile, after);
  console.log('models/manifest.json written');
}
