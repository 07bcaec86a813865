import type { Mark, MarkVerdict } from '../../protocol/markMessages.ts';
import { WHOLE_RUN } from '../../profiler/verdict/metric.ts';
import type { SamplePair } from '../../profiler/verdict/samplePairs.ts';
import type { Verdict } from '../../profiler/verdict/verdict.ts';
import type { KeptMark } from '../../store/judgements.ts';
import type { StagePlaces } from './stagePlaces.ts';

/** What all marks of one judgement share. */
export type MarkFrame = Pick<Mark, 'origin' | 'name' | 'series' | 'runs' | 'madeAt'>;

/** Looking for a stage may mean reading all sources: beyond so many it takes long and helps nobody. */
const MOST_VERDICTS = 300;
const MOST_VALUES = 200;
const IMPORTANCE = { slower: 0, withheld: 1, inconclusive: 2, faster: 3, same: 4 } as const;

/**
 * Puts the verdicts that a person wants to see beside a line on theirs: all times, and of the rest what changed for sure.
 * What is on no line of the workspace is left out.
 */
export async function verdictMarks(
  verdicts: readonly Verdict[],
  pairs: readonly SamplePair[],
  places: StagePlaces,
  frame: MarkFrame,
): Promise<KeptMark[]> {
  const marks: KeptMark[] = [];
  for (const verdict of markedVerdicts(verdicts)) {
    const { stage, metric } = verdict;
    const { place, span, share } = await places.of(stage);
    if (place === null) continue;
    const pair = pairs.find((each) => each.stage === stage && each.metric === metric);
    const key = JSON.stringify([frame.origin, frame.name, stage, metric]);
    marks.push({
      ...frame,
      ...place,
      key,
      verdict: plain(verdict, pair),
      finding: null,
      share,
      span,
    });
  }
  return marks;
}

function markedVerdicts(verdicts: readonly Verdict[]): Verdict[] {
  const times = verdicts.filter(({ metric }) => metric === 'seconds');
  const figures = ({ medians, ratio }: Verdict): string => JSON.stringify([medians, ratio]);
  // A root span takes as long as the run: one mark of the two is enough.
  const stages = new Set(times.filter(({ stage }) => stage !== WHOLE_RUN).map(figures));
  const isTold = (each: Verdict): boolean => each.stage === WHOLE_RUN && stages.has(figures(each));
  return verdicts
    .filter((each) => (each.metric === 'seconds' ? !isTold(each) : isCertainChange(each)))
    .toSorted((x, y) => IMPORTANCE[x.verdict] - IMPORTANCE[y.verdict])
    .slice(0, MOST_VERDICTS);
}

function isCertainChange({ tier, verdict }: Verdict): boolean {
  return verdict !== 'same' && (tier === 0 || verdict !== 'inconclusive');
}

function plain(verdict: Verdict, pair: SamplePair | undefined): MarkVerdict {
  const { stage, metric, tier, unit, ratio, interval, n, p, smallestVisible, reason } = verdict;
  const values = (side: readonly number[] = []): number[] => side.slice(0, MOST_VALUES);
  return {
    ...{ word: verdict.verdict, stage, metric, tier, unit, p, smallestVisible, reason },
    ratio: finite(ratio),
    interval: [finite(interval[0]), finite(interval[1])],
    n: [...n],
    medians: [...verdict.medians],
    values: [values(pair?.a), values(pair?.b)],
  };
}

/** JSON has no infinity. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
