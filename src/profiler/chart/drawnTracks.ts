import type { Run, Track, TrackKind } from '../model/run.ts';
import type { TrackId } from '../model/units.ts';

/** A track as a chart shows it. */
export interface DrawnTrack {
  readonly id: TrackId;
  readonly name: string;
  readonly kind: TrackKind;
}

/** What stands between the name of a process and that of its thread or counter. */
const SEPARATOR = ' / ';
/** Separators that are tried, from the end: a name may consist of nothing else. */
const MOST_PARTS = 16;

/**
 * The tracks that a chart shows, from the top: each process with its threads and resources, which begin with its name,
 * then what belongs to no process, then resources, then counters, process by process: what a chart is opened for, its
 * spans, stands on the first screen. A track on which nothing lies is left out, unless it is the process of one that is
 * shown.
 */
export function drawnTracks(run: Run): DrawnTrack[] {
  const used = usedTracks(run);
  const processOf = ownersOf(run.tracks);
  for (const { id } of run.tracks) {
    const process = processOf.get(id);
    if (used[id] === 1 && process !== undefined) used[process] = 1;
  }
  const rank = ({ id, kind }: Track): number => {
    if (kind === 'counter') return 3;
    if (kind === 'process' || processOf.has(id)) return 0;
    return { thread: 1, resource: 2 }[kind];
  };
  const place = ({ id }: Track): number => processOf.get(id) ?? id;
  const within = ({ kind }: Track): number =>
    ({ process: 0, thread: 1, resource: 2, counter: 3 })[kind];
  return run.tracks
    .filter(({ id }) => used[id] === 1)
    .sort(
      (a, b) => rank(a) - rank(b) || place(a) - place(b) || within(a) - within(b) || a.id - b.id,
    )
    .map(({ id, name, kind }) => ({ id, name, kind }));
}

/** 1 for a track that spans, counters or instants lie on. */
function usedTracks(run: Run): Uint8Array {
  const used = new Uint8Array(run.tracks.length);
  for (const track of run.spans.trackId) used[track] = 1;
  for (const track of run.instants.trackId) used[track] = 1;
  for (const { trackId } of run.counters) used[trackId] = 1;
  return used;
}

/** The process of each track whose name begins with a process's: the one with the longest name. */
function ownersOf(tracks: readonly Track[]): Map<TrackId, TrackId> {
  const processes = new Map<string, TrackId>();
  for (const { id, name, kind } of tracks) if (kind === 'process') processes.set(name, id);
  const owners = new Map<TrackId, TrackId>();
  for (const { id, name, kind } of tracks) {
    if (kind === 'process') continue;
    let end = name.lastIndexOf(SEPARATOR);
    for (let part = 0; part < MOST_PARTS && end > 0; part += 1) {
      const process = processes.get(name.slice(0, end));
      if (process !== undefined) {
        owners.set(id, process);
        break;
      }
      end = name.lastIndexOf(SEPARATOR, end - 1);
    }
  }
  return owners;
}
