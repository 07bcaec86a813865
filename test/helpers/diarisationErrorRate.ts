/** A stretch in which a speaker speaks. */
export interface Turn {
  readonly start: number;
  readonly end: number;
  readonly speaker: string;
}

/** Seconds of speaker time; `rate` is all that is wrong per second of the reference. */
export interface DiarisationErrors {
  readonly missed: number;
  readonly falseAlarm: number;
  readonly confusion: number;
  /** Speaker time of the reference: overlap counts once a speaker. */
  readonly total: number;
  readonly rate: number;
  /** Speaker of the reference by speaker of the hypothesis, the mapping that explains most. */
  readonly mapping: ReadonlyMap<string, string>;
}

interface Slice {
  readonly seconds: number;
  readonly truth: ReadonlySet<string>;
  readonly found: ReadonlySet<string>;
}

/**
 * Diarisation error rate as NIST's md-eval reckons it: overlap is scored, speakers are mapped one to one so that most of
 * their time agrees, and what lies within `collar` seconds before or after an edge of the reference is left out. (In
 * pyannote.metrics the collar is the whole width: twice this one.)
 */
export function diarisationErrors(
  reference: readonly Turn[],
  hypothesis: readonly Turn[],
  collar: number,
): DiarisationErrors {
  const slices = slicesOf(reference, hypothesis, collar);
  const mapping = bestMapping(slices);
  let [missed, falseAlarm, confusion, total] = [0, 0, 0, 0];
  for (const { seconds, truth, found } of slices) {
    const right = [...found].filter((speaker) => truth.has(mapping.get(speaker) ?? '')).length;
    missed += seconds * Math.max(0, truth.size - found.size);
    falseAlarm += seconds * Math.max(0, found.size - truth.size);
    confusion += seconds * (Math.min(truth.size, found.size) - right);
    total += seconds * truth.size;
  }
  const wrong = missed + falseAlarm + confusion;
  return { missed, falseAlarm, confusion, total, rate: wrong === 0 ? 0 : wrong / total, mapping };
}

/** Turns of an RTTM file. */
export function parseRttm(text: string): Turn[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('SPEAKER'))
    .map((line) => {
      const fields = line.split(/\s+/u);
      const start = Number(fields[3]);
      return { start, end: start + Number(fields[4]), speaker: fields[7]! };
    });
}

/** The time axis cut at every edge, without what the collar leaves out. */
function slicesOf(
  reference: readonly Turn[],
  hypothesis: readonly Turn[],
  collar: number,
): Slice[] {
  const merged = mergeTurns(reference);
  const edges = merged.flatMap(({ start, end }) => [start, end]);
  const times = [
    ...edges.flatMap((edge) => [edge - collar, edge, edge + collar]),
    ...hypothesis.flatMap(({ start, end }) => [start, end]),
  ];
  const cuts = [...new Set(times)].sort((a, b) => a - b);
  const speakersAt = (turns: readonly Turn[], time: number) =>
    new Set(turns.filter((t) => t.start <= time && time < t.end).map((t) => t.speaker));
  return cuts.slice(1).flatMap((end, i) => {
    const start = cuts[i]!;
    const middle = (start + end) / 2;
    if (edges.some((edge) => Math.abs(middle - edge) < collar)) return [];
    const truth = speakersAt(merged, middle);
    return [{ seconds: end - start, truth, found: speakersAt(hypothesis, middle) }];
  });
}

/** Touching or overlapping turns of one speaker have no edge between them. */
function mergeTurns(turns: readonly Turn[]): Turn[] {
  const merged: Turn[] = [];
  const sorted = [...turns].sort((a, b) => a.start - b.start);
  for (const speaker of new Set(turns.map((turn) => turn.speaker))) {
    let last: { start: number; end: number; speaker: string } | null = null;
    for (const turn of sorted.filter((each) => each.speaker === speaker)) {
      if (last && turn.start <= last.end) last.end = Math.max(last.end, turn.end);
      else merged.push((last = { ...turn }));
    }
  }
  return merged;
}

/** Assigns speakers one to one, by dynamic programming over the sets of reference speakers that are taken. */
function bestMapping(slices: readonly Slice[]): Map<string, string> {
  const truths = [...new Set(slices.flatMap(({ truth }) => [...truth]))];
  const founds = [...new Set(slices.flatMap(({ found }) => [...found]))];
  const together = founds.map((found) =>
    truths.map((truth) =>
      slices
        .filter((slice) => slice.found.has(found) && slice.truth.has(truth))
        .reduce((sum, { seconds }) => sum + seconds, 0),
    ),
  );
  // By set of taken reference speakers: the seconds that agree, and the choices that lead there.
  let best = new Map<number, { seconds: number; choice: number[] }>([
    [0, { seconds: 0, choice: [] }],
  ]);
  for (const row of together) {
    const next = new Map<number, { seconds: number; choice: number[] }>();
    const offer = (taken: number, seconds: number, choice: number[]) => {
      if (seconds > (next.get(taken)?.seconds ?? -1)) next.set(taken, { seconds, choice });
    };
    for (const [taken, { seconds, choice }] of best) {
      offer(taken, seconds, [...choice, -1]);
      row.forEach((gain, t) => {
        if (!(taken & (1 << t))) offer(taken | (1 << t), seconds + gain, [...choice, t]);
      });
    }
    best = next;
  }
  const [winner] = [...best.values()].sort((a, b) => b.seconds - a.seconds);
  const pairs = winner!.choice.flatMap((t, f) =>
    t === -1 ? [] : [[founds[f]!, truths[t]!] as const],
  );
  return new Map(pairs);
}
