import { statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { DoctorCheck } from '../protocol/library.ts';
import type { EarshotOptions } from './earshot.ts';
import { EarshotError } from './earshotError.ts';
import { isIntact, managedYtDlpDirectory } from './media/managedYtDlp.ts';
import { findFfmpeg, findInstalledYtDlp, findJsRuntime } from './media/tools.ts';
import { OLDEST_YT_DLP } from './ingestion/sources.ts';
import { modelInfos } from './models/modelInfos.ts';
import type { ModelShelf } from './models/modelShelf.ts';

/** A 100-minute video needs 0.2 GB of decoded audio beside its download. */
const ENOUGH_FREE_BYTES = 1e9;

/** Checks everything that an ingest needs, and says what to do where something is missing. */
export async function examine(options: EarshotOptions, shelf: ModelShelf): Promise<DoctorCheck[]> {
  const checks = await Promise.all([
    library(options),
    check('ffmpeg', async () => {
      const tool = await findFfmpeg({ setting: options.ffmpegPath });
      return ok('ffmpeg', `${tool.version} (${tool.origin}: ${tool.path})`);
    }),
    check('yt-dlp', () => ytDlp(options)),
    check('JavaScript runtime for yt-dlp', async () => {
      const tool = await findJsRuntime();
      const name = 'JavaScript runtime for yt-dlp';
      if (tool) return ok(name, `${tool.kind} ${tool.version} (${tool.path})`);
      return {
        name,
        status: 'warning',
        detail: 'None was found; YouTube may refuse some videos.',
        action: 'Install Node 22 or newer, or Deno.',
      };
    }),
  ]);
  return [runtime(), ...checks, ...(await models(shelf))];
}

function ok(name: string, detail: string): DoctorCheck {
  return { name, status: 'ok', detail, action: null };
}

function runtime(): DoctorCheck {
  const { node, napi } = process.versions;
  return ok('Node', `${node} (Node-API ${napi}), ${availableParallelism()} cores`);
}

async function library({ home }: EarshotOptions): Promise<DoctorCheck> {
  return await check('Library', async () => {
    const { bavail, bsize } = await statfs(home);
    const free = bavail * bsize;
    const detail = `${home}, ${(free / 1e9).toFixed(1)} GB free`;
    if (free >= ENOUGH_FREE_BYTES) return ok('Library', detail);
    return { name: 'Library', status: 'warning', detail, action: 'Free some space on this disk.' };
  });
}

async function ytDlp(options: EarshotOptions): Promise<DoctorCheck> {
  const tool = await findInstalledYtDlp(OLDEST_YT_DLP, { setting: options.ytDlpPath });
  if (tool) return ok('yt-dlp', `${tool.version} (${tool.origin}: ${tool.path})`);
  const managed = managedYtDlpDirectory(options.home);
  if (await isIntact(managed)) return ok('yt-dlp', `managed copy (${managed})`);
  return {
    name: 'yt-dlp',
    status: 'warning',
    detail: 'No recent yt-dlp was found. Files and plain media addresses work without it.',
    action: 'Ingest a YouTube address and agree to the managed copy, or install yt-dlp.',
  };
}

async function models(shelf: ModelShelf): Promise<DoctorCheck[]> {
  const infos = await modelInfos(shelf);
  return infos
    .filter((model) => model.kind === 'bundled' || model.present)
    .map((model): DoctorCheck => {
      const name = `Model ${model.name}`;
      if (model.verified) return ok(name, `${model.title}, checked`);
      return {
        name,
        status: 'error',
        detail: model.present ? 'A file is damaged.' : 'A file is missing.',
        action: 'Install Earshot again; in a checkout: `git checkout -- models`.',
      };
    });
}

async function check(name: string, examineOne: () => Promise<DoctorCheck>): Promise<DoctorCheck> {
  try {
    return await examineOne();
  } catch (error) {
    const known = error instanceof EarshotError;
    const detail = error instanceof Error ? error.message : String(error);
    return { name, status: 'error', detail, action: known ? error.action : null };
  }
}
