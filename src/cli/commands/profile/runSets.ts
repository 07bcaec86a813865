import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { EarshotError } from '../../../pipeline/earshotError.ts';
import { loadConfig } from '../../../pipeline/config/loadConfig.ts';
import { importRun } from '../../../profiler/importers/importRun.ts';
import type { ImportFormat } from '../../../profiler/importers/importer.ts';
import { TARGET_NAMES } from '../../../profiler/report/targets.ts';
import { type RunFacts, runFacts } from '../../../profiler/verdict/compareRunSets.ts';
import type { Library } from '../../../store/library.ts';
import { errorReport } from '../../errorReport.ts';
import { inputFiles } from '../../inputFiles.ts';
import type { Session } from '../../session.ts';
import { storedRun } from '../../../runs/storedRun.ts';

/** Runs that stand on one side of a comparison, the oldest first. */
export interface RunSet {
  readonly names: readonly string[];
  readonly facts: readonly RunFacts[];
  /** Whether they are the accepted runs of a series: of other sessions than the other side. */
  readonly accepted: boolean;
}

const BASELINE = '@baseline';

/**
 * The runs that a person means by one side of a comparison, comma-separated: ids of stored runs, `last`, files, folders,
 * quoted globs (each file one run, not stored), `@SERIES` for the accepted runs of a series, and `@baseline` for those of
 * the other side's series.
 *
 * @throws EarshotError `compare.no-runs`, `run.not-found`, `run.ambiguous`; ProfilerError for a file that cannot be read
 */
export async function runSet(
  session: Session,
  text: string,
  otherSide: string,
  as: ImportFormat | undefined,
): Promise<RunSet> {
  const parts = (await isFile(session, text)) ? [text] : text.split(',').filter(Boolean);
  const names: string[] = [];
  const facts: RunFacts[] = [];
  let accepted = false;
  for (const part of parts) {
    if (await isFile(session, part)) {
      await addFiles(session, part, as, names, facts);
      continue;
    }
    const library = await session.library();
    let ids = [part];
    if (part.startsWith('@')) {
      accepted = true;
      ids = acceptedIds(library, part === BASELINE ? seriesOf(library, otherSide) : part.slice(1));
    }
    for (const id of ids) {
      const run = await storedRun(library, id);
      names.push(run.id);
      facts.push(runFacts(run));
    }
  }
  if (facts.length > 0) return { names, facts, accepted };
  throw new EarshotError(
    'compare.no-runs',
    `There are no runs in “${text}”.`,
    'Name runs (earshot profile list), files, a folder or a quoted glob.',
  );
}

async function isFile({ io }: Session, name: string): Promise<boolean> {
  if (/[*?[{]/u.test(name)) return true;
  return (await stat(resolve(io.cwd, name)).catch(() => null)) !== null;
}

/** Of a folder or glob, what cannot be read is told and left out; a file that is named has to be readable. */
async function addFiles(
  session: Session,
  name: string,
  as: ImportFormat | undefined,
  names: string[],
  facts: RunFacts[],
): Promise<void> {
  const { io, output, cancellation } = session;
  const logPatterns = loadConfig(io.cwd, TARGET_NAMES)?.config.logPatterns;
  const files = await inputFiles([name], io.cwd);
  for (const file of files) {
    try {
      const { signal } = cancellation;
      const run = await importRun([file], { as, options: { logPatterns }, signal });
      facts.push(runFacts(run));
      names.push(relative(io.cwd, file));
    } catch (error) {
      if (files.length === 1 || cancellation.signal.aborted) throw error;
      output.warning(`${relative(io.cwd, file)} is left out: ${errorReport(error).message}`);
    }
  }
}

function acceptedIds(library: Library, series: string): string[] {
  const ids = library.baselines.of(series).map(({ runId }) => runId);
  if (ids.length > 0) return ids;
  throw new EarshotError(
    'compare.no-runs',
    `No runs of “${series}” were accepted.`,
    'Accept some: earshot profile accept RUN….',
  );
}

function seriesOf(library: Library, side: string): string {
  const id = side.split(',').find((part) => part !== '' && !part.startsWith('@'));
  if (id === undefined) {
    throw new EarshotError(
      'usage',
      '@baseline needs stored runs on the other side, whose series it is.',
      'Name the series instead: @SERIES.',
    );
  }
  return library.profiles.find(id).series;
}
