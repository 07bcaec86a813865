/**
 * Writes THIRD-PARTY-NOTICES.md: every npm package that is bundled or packaged, every model and binary, with licence and
 * credit. `npm run notices`, after a build; `--check` only compares.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { readManifest, type ModelEntry } from '../src/pipeline/models/manifest.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'THIRD-PARTY-NOTICES.md');

/** Packages that travel beside the bundles; see .vscodeignore. */
const PACKAGED = [
  'better-sqlite3',
  'onnxruntime-node',
  'onnxruntime-common',
  'sqlite-vec',
  '@ffmpeg-installer/ffmpeg',
  'koffi',
];

/** Licences of packages that hold no licence file of their own. */
const LICENCE_ELSEWHERE: Record<string, string> = {
  'onnxruntime-node': mit('Copyright (c) Microsoft Corporation'),
  'onnxruntime-common': mit('Copyright (c) Microsoft Corporation'),
  '@microsoft/fast-element': mit('Copyright (c) Microsoft Corporation'),
  '@microsoft/fast-foundation': mit('Copyright (c) Microsoft Corporation'),
  '@microsoft/fast-web-utilities': mit('Copyright (c) Microsoft Corporation'),
  'sqlite-vec': mit('Copyright (c) 2024 Alex Garcia'),
  '@ffmpeg-installer/ffmpeg': `Copyright (c) Kristoffer Lundén. Passed on as published.\n\n${licenceText('LGPL-2.1')}`,
};

function mit(copyright: string): string {
  const [, ...text] = licenceText('MIT').split('\n');
  return [copyright, ...text].join('\n');
}

function licenceText(name: string): string {
  return readFileSync(join(root, 'scripts', 'licences', `${name}.txt`), 'utf8').trim();
}

function bundledPackages(): string[] {
  const meta = join(root, 'dist', 'meta');
  const names = readdirSync(meta).flatMap((file) => {
    const { inputs } = JSON.parse(readFileSync(join(meta, file), 'utf8')) as Metafile;
    return Object.keys(inputs).flatMap((path) => {
      const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
      return found?.[1] === undefined ? [] : [found[1]];
    });
  });
  return [...new Set(names)];
}

/** Licence texts that were written out, by the package that was first. */
const printed = new Map<string, string>();

function describePackage(folder: string): string {
  const text = readFileSync(join(root, folder, 'package.json'), 'utf8');
  const { name, version, license } = JSON.parse(text) as Record<
    'name' | 'version' | 'license',
    string
  >;
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e([-.]|$)/i.test(entry));
  const licence =
    file === undefined
      ? LICENCE_ELSEWHERE[name]
      : readFileSync(join(root, folder, file), 'utf8')
          .replaceAll('\r', '')
          .trim();
  if (licence === undefined)
    throw new Error(`${name} has no licence file: add it to LICENCE_ELSEWHERE`);
  const first = printed.get(licence);
  printed.set(licence, first ?? name);
  const terms = first === undefined ? fence(licence) : `The licence text is that of ${first}.`;
  return `### ${name} ${version}\n\n${license}\n\n${terms}\n`;
}

function describeModel(model: ModelEntry): string {
  const file = model.licenceFile === undefined ? '' : ` (\`models/${model.licenceFile}\`)`;
  const how = model.kind === 'bundled' ? '' : '\n- Not included: downloaded on request';
  return `### ${model.name}

${model.title}

- Licence: ${model.licence}${file}
- Credit: ${model.credit}
- Source: ${model.source}
- Changes: ${model.changes}${how}
`;
}

function fence(text: string): string {
  return `\`\`\`text\n${text.replaceAll(/[ \t]+$/gm, '')}\n\`\`\``;
}

const packages = [...bundledPackages(), ...PACKAGED.map((name) => `node_modules/${name}`)].sort();
const content = `# Third-party notices

What travels with Earshot and was made by others. Written by \`npm run notices\`; do not edit.

## Models

${readManifest(join(root, 'models')).models.map(describeModel).join('\n')}
\`CC-BY-4.0\` is the Creative Commons Attribution 4.0 International licence,
https://creativecommons.org/licenses/by/4.0/legalcode.

## Programs

### ffmpeg

The VSIX holds an unchanged static build of ffmpeg for its platform, taken from the npm package
\`@ffmpeg-installer/<platform>\`. On Linux x64 that is ffmpeg N-47683-g0e8eb07980 (December 2018) built by
John Van Sickle, https://johnvansickle.com/ffmpeg/. It is a separate program: Earshot starts it as a
process of its own, is not linked with it, and uses another one where the setting or the search path names one.

- Licence: GNU General Public License, version 3 (below); parts under the LGPL and other compatible licences
- Copyright (c) 2000-2018 the FFmpeg developers, and the authors of the libraries named by \`ffmpeg -version\`
- Source: https://git.ffmpeg.org/ffmpeg.git, commit 0e8eb07980; build and library sources: https://johnvansickle.com/ffmpeg/

For three years from when you received it, the Earshot authors give anyone who asks, for no more than the cost
of sending it, the complete corresponding source of the ffmpeg program that came with it: open an issue.

### SQLite

In better-sqlite3. The authors of SQLite have dedicated it to the public domain, https://sqlite.org/copyright.html.

### ONNX Runtime

In onnxruntime-node, Copyright (c) Microsoft Corporation, MIT. The notices of what it contains in turn are at
https://github.com/microsoft/onnxruntime/blob/v1.30.0/ThirdPartyNotices.txt.

## npm packages

${packages.map(describePackage).join('\n')}
## GNU General Public License, version 3 (ffmpeg)

${fence(licenceText('GPL-3.0'))}
`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, content);
  console.log(`${String(packages.length)} packages written to THIRD-PARTY-NOTICES.md`);
} else if (!existsSync(target) || readFileSync(target, 'utf8') !== content) {
  console.error('THIRD-PARTY-NOTICES.md is not current: run `npm run build && npm run notices`');
  process.exitCode = 1;
}
