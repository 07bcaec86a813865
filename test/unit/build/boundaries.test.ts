import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const DEPENDENCIES = 'boundaries/dependencies';
const PACKAGES = '@typescript-eslint/no-restricted-imports';

let eslint: ESLint;
beforeAll(() => {
  eslint = new ESLint({ cwd: root });
});

/** Any source below a folder: only its place matters, its text is replaced. */
function fileIn(folder: string): string {
  const name = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith('.ts'),
  );
  if (name === undefined) throw new Error(`${folder} has no sources`);
  return join(folder, name);
}

/** The rules about imports that fire for a file of `folder` (or a file) importing `target`. */
async function firing(from: string, target: string): Promise<string[]> {
  const file = from.endsWith('.ts') ? from : fileIn(from);
  const ours = target.startsWith('src/');
  const path = relative(dirname(file), target.endsWith('.ts') || !ours ? target : fileIn(target));
  const specifier = ours
    ? path
        .split(sep)
        .join('/')
        .replace(/^(?!\.)/, './')
    : target;
  const code = `import * as imported from '${specifier}';\nexport const it = imported;\n`;
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  const rules = result!.messages.map((message) => message.ruleId ?? message.message);
  return rules.filter((rule) => !rule.startsWith('@typescript-eslint/no-unsafe'));
}

describe('import directions', { timeout: 120_000 }, () => {
  it.each([
    ['src/extension', 'src/pipeline/earshotError.ts'],
    ['src/extension', 'src/pipeline/earshot.ts'],
    ['src/extension', 'src/store'],
    ['src/extension', 'src/worker'],
    ['src/extension', 'src/profiler/model'],
    ['src/protocol', 'src/pipeline/earshotError.ts'],
    ['src/protocol', 'src/store'],
    ['src/pipeline/models', 'src/worker'],
    ['src/pipeline/models', 'src/extension'],
    ['src/profiler/model', 'src/profiler/recorder'],
    ['src/profiler/model', 'src/protocol'],
    ['src/profiler/recorder', 'src/pipeline/earshot.ts'],
    ['src/profiler/recorder', 'src/store'],
    ['src/store', 'src/pipeline/earshot.ts'],
    ['src/store', 'src/worker'],
  ])('%s may not import %s', async (from, target) => {
    expect(await firing(from, target)).toContain(DEPENDENCIES);
  });

  it.each([
    ['src/extension', 'src/protocol'],
    ['src/worker', 'src/pipeline/earshot.ts'],
    ['src/worker', 'src/store'],
    ['src/cli', 'src/protocol'],
    ['src/pipeline/models', 'src/protocol'],
    ['src/pipeline/models', 'src/store'],
    ['src/pipeline/models', 'src/profiler/model'],
    ['src/pipeline/models', 'src/profiler/recorder'],
    ['src/pipeline/models', 'zod'],
    ['src/store', 'src/pipeline/earshotError.ts'],
    ['src/protocol', 'src/profiler/model'],
    ['src/protocol', 'zod'],
    ['src/profiler/recorder', 'node:fs'],
  ])('%s may import %s', async (from, target) => {
    expect(await firing(from, target)).toEqual([]);
  });
});

describe('packages with one home', { timeout: 120_000 }, () => {
  it.each([
    ['src/pipeline/models', 'vscode'],
    ['src/protocol', 'vscode'],
    ['src/worker', 'vscode'],
    ['src/cli', 'vscode'],
    ['src/pipeline/models', 'fluent-ffmpeg'],
    ['src/worker', 'better-sqlite3'],
    ['src/pipeline/inference/voiceModel.ts', 'onnxruntime-node'],
    ['src/extension', 'better-sqlite3'],
    ['src/store/open.ts', 'onnxruntime-node'],
    ['src/profiler/launcher', 'koffi'],
    ['src/protocol', 'node:fs'],
    ['src/profiler/model', 'node:path'],
  ])('%s may not import %s', async (from, target) => {
    expect(await firing(from, target)).toContain(PACKAGES);
  });

  it.each([
    ['src/extension', 'vscode'],
    ['src/pipeline/media/ffmpeg.ts', 'fluent-ffmpeg'],
    ['src/store/open.ts', 'better-sqlite3'],
    ['src/pipeline/inference/session.ts', 'onnxruntime-node'],
    ['src/profiler/launcher/linux/systemCalls.ts', 'koffi'],
  ])('%s may import %s', async (from, target) => {
    expect(await firing(from, target)).not.toContain(PACKAGES);
  });
});

it.each([
  ['no-restricted-exports', 'export default 1;'],
  ['@typescript-eslint/no-explicit-any', 'export const it: any = 1;'],
  ['@typescript-eslint/no-floating-promises', 'Promise.resolve();'],
  [
    '@typescript-eslint/consistent-type-imports',
    "import { z } from 'zod';\nexport type It = z.ZodType;",
  ],
])('%s is in force', { timeout: 120_000 }, async (rule, code) => {
  const [result] = await eslint.lintText(`${code}\n`, {
    filePath: join(root, fileIn('src/pipeline/models')),
  });
  expect(result!.messages.map(({ ruleId }) => ruleId)).toContain(rule);
});
