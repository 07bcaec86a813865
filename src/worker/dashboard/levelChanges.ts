import { formatNumber } from '../../profiler/report/formatNumber.ts';
import { COMPARE_DEFAULTS } from '../../profiler/verdict/compareOptions.ts';
import { changeText } from '../../profiler/verdict/confirmReason.ts';
import { type HistoryChange, historyChanges } from '../../profiler/verdict/historyChanges.ts';
import { WHOLE_RUN, isNetworkStage } from '../../profiler/verdict/metric.ts';
import { lostCoverage } from '../../profiler/verdict/lostCoverage.ts';
import { POOL_RUNS } from '../../profiler/verdict/screen.ts';
import { keptLess } from './keptLess.ts';
import { type HistoryEntry, comparableHistories } from './historyEntry.ts';

/** Where the level of a stage's time changed for good. */
export interface LevelChange {
  readonly stage: string;
  readonly metric: string;
  readonly runId: string;
  readonly direction: 'slower' | 'faster' | 'withheld';
  readonly settled: boolean;
  readonly text: string;
}

/** Stages that are looked at: the longest of the newest run. */
const MOST_STAGES = 20;

/**
 * Tier 3: changes of level in the times of the whole run and of its stages, series by series. Where recordings of one
 * series differ in length, seconds for each second of audio. Stages that wait for the network are left out.
 *
 * @param entries the oldest first
 */
export function levelChanges(entries: readonly HistoryEntry[]): LevelChange[] {
  return comparableHistories(entries).flatMap((history) => {
    const stages = (history.at(-1)?.digest.stages ?? [])
      .map(({ stage }) => stage)
      .filter((stage) => !isNetworkStage(stage))
      .slice(0, MOST_STAGES);
    return [WHOLE_RUN, ...stages].flatMap((stage) => changesOf(history, stage));
  });
}

function changesOf(history: readonly HistoryEntry[], stage: string): LevelChange[] {
  const lengths = new Set(history.map(({ digest }) => digest.audioSeconds));
  const divide = lengths.size > 1 && !lengths.has(null);
  const points = history.flatMap(({ summary, digest }, place) => {
    const seconds =
      stage === WHOLE_RUN
        ? digest.seconds
        : (digest.stages.find((each) => each.stage === stage)?.seconds ?? null);
    if (seconds === null) return [];
    const value = divide ? seconds / (digest.audioSeconds ?? 1) : seconds;
    return [{ runId: summary.id, value, place }];
  });
  const values = points.map(({ value }) => value);
  return historyChanges(values, COMPARE_DEFAULTS.threshold).flatMap((change): LevelChange[] => {
    const at = points[change.index];
    if (at === undefined || !matters(change, divide)) return [];
    const { settled } = change;
    const told = sentence(change, stage, divide ? 's/s' : 's');
    const base = { stage, metric: 'seconds', runId: at.runId, settled };
    if (change.after > change.before) return [{ ...base, direction: 'slower', text: told }];
    const loss = lossAt(history, at.place);
    return loss === null
      ? [{ ...base, direction: 'faster', text: told }]
      : [{ ...base, direction: 'withheld', text: `${told} Less was done (${loss}).` }];
  });
}

/** What was lost from a run on, in words, or null: less time for less work is no gain. */
function lossAt(history: readonly HistoryEntry[], place: number): string | null {
  const before = history.slice(Math.max(0, place - POOL_RUNS), place);
  const now = history.slice(place, place + POOL_RUNS);
  const [first] = now;
  const kept = first === undefined ? null : keptLess(first, before);
  if (kept !== null) return kept;
  const metrics = [before, now].map((side) => side.map(({ digest }) => digest.facts.metrics));
  const lost = lostCoverage(metrics[0] ?? [], metrics[1] ?? []);
  return lost.length === 0 ? null : lost.map(({ stage, text }) => `${stage}: ${text}`).join('; ');
}

function matters({ before, after }: HistoryChange, divided: boolean): boolean {
  return divided || Math.abs(after - before) >= COMPARE_DEFAULTS.floorSeconds;
}

function sentence(change: HistoryChange, stage: string, unit: string): string {
  const { before, after, ratio, settled } = change;
  const what = stage === WHOLE_RUN ? 'The whole run' : stage;
  const levels = `${formatNumber(before)} ${unit} to ${formatNumber(after)} ${unit}`;
  const sure = settled ? '' : ' Too few runs around it to blame this one.';
  return `${what} went from ${levels} (${changeText(ratio)}) from this run on.${sure}`;
}
