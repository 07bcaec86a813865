import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EarshotError } from '../earshotError.ts';
import { withFileLock } from './fileLock.ts';
import { searchPath, type FoundTool } from './findTool.ts';
import { plainText } from './plainText.ts';
import { runProgram } from './runProgram.ts';
import { compareVersions } from './toolVersions.ts';
import {
  MANAGED_DOWNLOAD_MEGABYTES,
  MANAGED_REQUIREMENTS,
  MANAGED_YT_DLP_VERSION,
  MINIMUM_PYTHON_VERSION,
} from './ytDlpPins.ts';

/** Asks the person before anything is fetched; `what` is one sentence that can be shown as it is. */
export type Consent = (what: string) => Promise<boolean>;

export type ManagedYtDlpOptions = {
  /** The library's home folder; the copy goes to `tools/yt-dlp/<version>` in it. */
  readonly home: string;
  readonly consent: Consent;
  readonly signal?: AbortSignal | undefined;
  /** The Python to use instead of the first good one on PATH. */
  readonly python?: string | undefined;
};

/** Requirements in force, hashed into the marker: changed pins make an installed copy stale. */
const REQUIREMENTS_SHA256 = createHash('sha256').update(MANAGED_REQUIREMENTS).digest('hex');
const MARKER = 'earshot-installed.json';
/** pip may have to fetch a few megabytes over a slow line. */
const INSTALL_TIMEOUT_MILLISECONDS = 15 * 60_000;

/** Folder of the managed copy below the library's home. */
export function managedYtDlpDirectory(home: string): string {
  return path.join(home, 'tools', 'yt-dlp', MANAGED_YT_DLP_VERSION);
}

/**
 * Gives the managed yt-dlp, installing it first, after consent, where it is missing or damaged.
 *
 * Every installed file is compared with the sha256 that its package lists, on every call. The
 * installation is complete or absent at any moment, also when the process is killed or two run.
 *
 * @throws EarshotError `ytdlp.python-missing`, `ytdlp.consent-refused`, `ytdlp.install-failed`;
 *   CancelledError
 */
export async function managedYtDlp(options: ManagedYtDlpOptions): Promise<FoundTool> {
  const python = await findPython(options);
  const directory = managedYtDlpDirectory(options.home);
  if (!(await isIntact(directory))) await installAfterConsent(python, directory, options);
  return {
    path: python,
    // -I keeps the person's own site packages and PYTHONPATH out; the script adds its folder itself.
    prefixArguments: ['-I', path.join(directory, 'yt_dlp', '__main__.py')],
    environment: { YTDLP_NO_PLUGINS: '1' },
    version: MANAGED_YT_DLP_VERSION,
    origin: 'managed',
  };
}

/** Whether the managed copy is there, of the pinned version, and every file as it was installed. */
export async function isIntact(directory: string): Promise<boolean> {
  try {
    const marker: unknown = JSON.parse(await readFile(path.join(directory, MARKER), 'utf8'));
    if (!isRecord(marker) || marker['requirementsSha256'] !== REQUIREMENTS_SHA256) return false;
    const records = (await readdir(directory)).filter((name) => name.endsWith('.dist-info'));
    const checks = records.map((name) => isRecordIntact(directory, name));
    return records.length > 0 && (await Promise.all(checks)).every(Boolean);
  } catch {
    return false;
  }
}

async function isRecordIntact(directory: string, distInfo: string): Promise<boolean> {
  const record = await readFile(path.join(directory, distInfo, 'RECORD'), 'utf8');
  for (const line of record.split(/\r?\n/)) {
    const [, name, sha256] = /^"?(.+?)"?,sha256=([\w-]+),\d*$/.exec(line) ?? [];
    // Scripts that `--target` puts elsewhere are listed outside the folder, and are not used.
    if (name === undefined || name.startsWith('..')) continue;
    const content = await readFile(path.join(directory, name));
    if (createHash('sha256').update(content).digest('base64url') !== sha256) return false;
  }
  return true;
}

async function installAfterConsent(
  python: string,
  directory: string,
  options: ManagedYtDlpOptions,
): Promise<void> {
  const agreed = await options.consent(
    `Install yt-dlp ${MANAGED_YT_DLP_VERSION} (about ${MANAGED_DOWNLOAD_MEGABYTES} MB from the ` +
      `Python package index, every file checked against a fixed hash) into ${directory}?`,
  );
  if (!agreed) {
    throw new EarshotError(
      'ytdlp.consent-refused',
      'This address needs yt-dlp, and its installation was declined.',
      'Agree to the installation (--yes on the command line), or install yt-dlp yourself.',
    );
  }
  const parent = path.dirname(directory);
  await mkdir(parent, { recursive: true });
  await withFileLock(`${directory}.lock`, options.signal, async () => {
    if (await isIntact(directory)) return;
    const temporary = await mkdtemp(path.join(parent, '.installing-'));
    try {
      await pipInstall(python, temporary, options.signal);
      await rm(directory, { recursive: true, force: true });
      await rename(temporary, directory);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
  if (!(await isIntact(directory))) {
    throw installFailed('The installed files do not match their hashes.');
  }
}

async function pipInstall(
  python: string,
  target: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const requirements = path.join(target, 'requirements.txt');
  await writeFile(requirements, MANAGED_REQUIREMENTS);
  const result = await runProgram(
    python,
    [
      // -P: a `pip.py` in the working folder is not imported.
      ...['-P', '-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'],
      ...['--no-deps', '--only-binary', ':all:', '--no-warn-script-location'],
      ...['--target', target, '--require-hashes', '-r', requirements],
    ],
    { signal, timeoutMilliseconds: INSTALL_TIMEOUT_MILLISECONDS },
  );
  if (result.exitCode !== 0) {
    throw installFailed(plainText(result.stderr.slice(-600)) || 'pip ended without a message.');
  }
  await writeFile(
    path.join(target, MARKER),
    JSON.stringify({ version: MANAGED_YT_DLP_VERSION, requirementsSha256: REQUIREMENTS_SHA256 }),
  );
}

async function findPython(options: ManagedYtDlpOptions): Promise<string> {
  const candidates = options.python
    ? [options.python]
    : [...(await searchPath('python3')), ...(await searchPath('python'))];
  const seen: string[] = [];
  for (const candidate of candidates) {
    const version = await pythonVersion(candidate, options.signal);
    if (version === null) continue;
    if (compareVersions(version, MINIMUM_PYTHON_VERSION) >= 0) return candidate;
    seen.push(version);
  }
  const found = seen.length > 0 ? `only Python ${seen.join(', ')} was found` : 'none was found';
  throw new EarshotError(
    'ytdlp.python-missing',
    `yt-dlp needs Python ${MINIMUM_PYTHON_VERSION} or newer with pip; ${found}.`,
    `Install Python ${MINIMUM_PYTHON_VERSION} or newer (python3 and python3-pip), or install yt-dlp yourself and set its path.`,
  );
}

async function pythonVersion(
  python: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  // Older Pythons know no -P: the working folder, an empty name, is taken off the path before anything is imported.
  const script =
    'import sys; sys.path[:] = [p for p in sys.path if p]; import pip; ' +
    'print("%d.%d.%d" % sys.version_info[:3])';
  try {
    const result = await runProgram(python, ['-c', script], {
      signal,
      timeoutMilliseconds: 20_000,
    });
    return result.exitCode === 0 ? result.stdout.trim() : null;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return null;
    throw error;
  }
}

function installFailed(detail: string): EarshotError {
  return new EarshotError(
    'ytdlp.install-failed',
    `yt-dlp could not be installed. ${detail}`,
    'Check the network connection and try again, or install yt-dlp yourself and set its path.',
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
