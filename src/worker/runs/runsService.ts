import { EarshotError } from '../../pipeline/earshotError.ts';
import { ChartProgress } from '../../protocol/chartMessages.ts';
import {
  AcceptRuns,
  ImportRun,
  ListRuns,
  RemoveRun,
  RunsChanged,
  type RunSummary,
} from '../../protocol/runMessages.ts';
import { acceptRuns } from '../../runs/acceptRuns.ts';
import { shownSummary } from '../../runs/liveRun.ts';
import { removableRun, removeRun } from '../../runs/removeRun.ts';
import type { Library } from '../../store/library.ts';
import type { ProfileFilter } from '../../store/profiles.ts';
import { runsStamp } from '../../store/runsStamp.ts';
import { abortSignalOf } from '../abortSignalOf.ts';
import { ChangeWatch } from '../changeWatch.ts';
import type { CreateService } from '../workerContext.ts';
import { importFiles } from './importFiles.ts';

/** Lists the runs of the library, takes new ones in, accepts and removes them, and tells when they change. */
export const createRunsService: CreateService = (context) => {
  const { connection } = context;
  const stopping = new AbortController();
  const importing = new Set<Promise<unknown>>();
  let watch: ChangeWatch | undefined;
  const check = (): void => {
    watch ??= new ChangeWatch(context.library().path, runsStamp);
    if (watch.changed()) connection.notify(RunsChanged, {});
  };
  connection.handle(ListRuns, ({ series, limit }) => ({
    runs: listedRuns(context.library(), { limit, ...(series === null ? {} : { series }) }),
  }));
  connection.handle(ImportRun, async ({ operation, paths }, signal) => {
    const library = context.library();
    const { workspace } = context.options();
    const reading = importFiles(
      paths,
      workspace,
      abortSignalOf(signal, stopping.signal),
      (progress) => connection.notify(ChartProgress, { operation, ...progress }),
    );
    importing.add(reading);
    try {
      const run = await reading;
      library.profiles.put(run);
      return { runId: run.id, rejected: run.provenance.rejectedCount };
    } finally {
      importing.delete(reading);
      check();
    }
  });
  connection.handle(AcceptRuns, ({ ids, note, withdraw }) => {
    const { changed } = acceptRuns(context.library(), ids, { note, withdraw });
    check();
    return { accepted: changed.map(({ id }) => id) };
  });
  connection.handle(RemoveRun, ({ id }) => {
    const run = removableRun(context.library(), id);
    if (run.videoId !== null) throw ofVideo(run.id);
    removeRun(context.library(), run);
    check();
    return { id: run.id };
  });
  return {
    check,
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(importing);
      watch?.close();
    },
  };
};

function listedRuns(library: Library, filter: ProfileFilter): RunSummary[] {
  const accepted = new Map<string, ReadonlySet<string>>();
  const acceptedOf = (series: string): ReadonlySet<string> => {
    const known = accepted.get(series);
    if (known !== undefined) return known;
    const ids = new Set(library.baselines.of(series).map(({ runId }) => runId));
    accepted.set(series, ids);
    return ids;
  };
  return library.profiles.list(filter).map((summary) => {
    const run = shownSummary(library, summary);
    return { ...run, accepted: acceptedOf(run.series).has(run.id) };
  });
}

function ofVideo(id: string): EarshotError {
  return new EarshotError(
    'run.of-a-video',
    `Run ${id} is of a video in the library.`,
    'Remove the video in the Library: its runs go with it.',
  );
}
