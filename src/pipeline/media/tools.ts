import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { EarshotError } from '../earshotError.ts';
import { searchPath, isExecutable, type FoundTool, type ToolOrigin } from './findTool.ts';
import { runProgram } from './runProgram.ts';
import {
  denoVersion,
  ffmpegVersion,
  nodeVersion,
  ytDlpVersion,
  type RunOutput,
  type VersionCheck,
} from './toolVersions.ts';
import { MINIMUM_YT_DLP_VERSION } from './ytDlpPins.ts';

/** Long enough for a cold start from a slow disk; a program that hangs is not usable anyway. */
const VERSION_TIMEOUT_MILLISECONDS = 20_000;

export type FindOptions = {
  /** The path the person set, which is then the only one tried. */
  readonly setting?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

type Candidate = {
  readonly path: string;
  readonly origin: ToolOrigin;
  readonly environment?: Readonly<Record<string, string>>;
};

/**
 * Finds ffmpeg: the setting, else PATH, else the one inside the package.
 *
 * @throws EarshotError `media.ffmpeg-missing`, `tool.setting-unusable`
 */
export async function findFfmpeg(options: FindOptions = {}): Promise<FoundTool> {
  const onPath = options.setting ? [] : await searchPath('ffmpeg');
  const candidates = [...onPath.map(fromPath), ...(await bundledFfmpeg())];
  const found = await firstUsable('ffmpeg', candidates, ffmpegVersion, options);
  if (found) return found;
  throw new EarshotError(
    'media.ffmpeg-missing',
    'No working ffmpeg was found: not on PATH, and none came with Earshot for this platform.',
    'Install ffmpeg with the package manager of your system, or set its path in the settings.',
  );
}

/** Finds ffprobe by the setting or on PATH; null where there is none, for nothing depends on it. */
export async function findFfprobe(options: FindOptions = {}): Promise<FoundTool | null> {
  const onPath = options.setting ? [] : await searchPath('ffprobe');
  return firstUsable('ffprobe', onPath.map(fromPath), ffmpegVersion, options);
}

/**
 * Finds a JavaScript runtime of at least Node 22 or Deno 2.3, which yt-dlp needs for YouTube
 * (yt-dlp's `utils/_jsruntime.py`): the setting, this very process, else node or deno on PATH.
 *
 * Inside Electron the own executable is taken only after it has run a script the way yt-dlp runs it.
 * Returns null where there is none: other sites work without one.
 */
export async function findJsRuntime(
  options: FindOptions & { readonly ownProcess?: OwnProcess } = {},
): Promise<JsRuntime | null> {
  const candidates: Candidate[] = [];
  if (!options.setting) {
    const own = options.ownProcess ?? { path: process.execPath, versions: process.versions };
    const environment: Record<string, string> =
      own.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
    candidates.push({ path: own.path, origin: 'bundled', environment });
    candidates.push(...(await searchPath('node')).map(fromPath));
  }
  if (options.setting === undefined || !/deno/i.test(path.basename(options.setting))) {
    const node = await firstUsable('node', candidates, nodeVersion, options);
    if (node) return { ...node, kind: 'node' };
  }
  const denos = options.setting ? [] : (await searchPath('deno')).map(fromPath);
  const deno = await firstUsable('deno', denos, denoVersion, options);
  return deno && { ...deno, kind: 'deno' };
}

/** The executable of a process and what `process.versions` says there. */
export type OwnProcess = {
  readonly path: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
};

export type JsRuntime = FoundTool & { readonly kind: 'node' | 'deno' };

/** Finds yt-dlp of at least `minimum` (`YYYY.MM.DD`) by the setting or on PATH; null if there is none. */
export async function findInstalledYtDlp(
  minimum: string = MINIMUM_YT_DLP_VERSION,
  options: FindOptions = {},
): Promise<FoundTool | null> {
  const onPath = options.setting ? [] : await searchPath('yt-dlp');
  return firstUsable(
    'yt-dlp',
    onPath.map(fromPath),
    (tool) => ytDlpVersion(tool, minimum),
    options,
  );
}

async function firstUsable(
  name: string,
  candidates: readonly Candidate[],
  check: VersionCheck,
  options: FindOptions,
): Promise<FoundTool | null> {
  if (options.setting) {
    const found = await usable({ path: options.setting, origin: 'setting' }, check, options.signal);
    if (found) return found;
    throw new EarshotError(
      'tool.setting-unusable',
      `The ${name} named in the settings cannot be used: ${options.setting}`,
      `Correct that path, update the program, or clear the setting so that Earshot finds ${name}.`,
    );
  }
  for (const candidate of candidates) {
    const found = await usable(candidate, check, options.signal);
    if (found) return found;
  }
  return null;
}

async function usable(
  candidate: Candidate,
  check: VersionCheck,
  signal: AbortSignal | undefined,
): Promise<FoundTool | null> {
  if (!(await isExecutable(candidate.path))) return null;
  const environment = candidate.environment ?? {};
  const run = async (args: readonly string[], input?: string): Promise<RunOutput | null> => {
    try {
      return await runProgram(candidate.path, args, {
        environment: { ...process.env, ...environment },
        signal,
        timeoutMilliseconds: VERSION_TIMEOUT_MILLISECONDS,
        ...(input === undefined ? {} : { input }),
      });
    } catch (error) {
      // The system refuses to start it (wrong architecture, text file): not a usable program.
      if (error instanceof Error && 'syscall' in error) return null;
      throw error;
    }
  };
  const version = await check({ path: candidate.path, run });
  if (version === null) return null;
  return {
    path: candidate.path,
    prefixArguments: [],
    environment,
    version,
    origin: candidate.origin,
  };
}

function fromPath(file: string): Candidate {
  return { path: file, origin: 'path' };
}

async function bundledFfmpeg(): Promise<Candidate[]> {
  try {
    // The installer's entry throws on platforms it has no binary for.
    const { default: installer } = await import('@ffmpeg-installer/ffmpeg');
    const file = installer.path;
    // Package managers that run no install scripts leave the binary without its execute bit.
    if (!(await isExecutable(file))) await chmod(file, 0o755).catch(() => undefined);
    return [{ path: file, origin: 'bundled' }];
  } catch {
    return [];
  }
}
