interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time of the thread. */
  readonly tdur?: number;
}

/** What a browser has to record for `frameTasks`. */
export const TRACE_CATEGORIES: readonly string[] = ['toplevel', 'devtools.timeline'];

/**
 * Processor time, in milliseconds, of every task of a page's own thread in which a frame was made: script, layout, drawing
 * and handing the picture over. Unlike time on the clock it does not count what other programs took meanwhile.
 */
export function frameTasks(trace: string): number[] {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] };
  const frames = traceEvents.filter(({ name }) => name === 'FireAnimationFrame');
  const threads = new Map<string, number>();
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}.${tid}`;
  for (const frame of frames) {
    threads.set(threadOf(frame), (threads.get(threadOf(frame)) ?? 0) + 1);
  }
  // The page that is measured makes most of the frames; the browser has pages of its own.
  const [thread] = [...threads].sort(([, a], [, b]) => b - a)[0] ?? [''];
  const tasks = traceEvents
    .filter(
      (event) => event.ph === 'X' && event.name.endsWith('RunTask') && threadOf(event) === thread,
    )
    .sort((a, b) => a.ts - b.ts);
  const times = new Map<TraceEvent, number>();
  let at = 0;
  for (const frame of frames
    .filter((event) => threadOf(event) === thread)
    .sort((a, b) => a.ts - b.ts)) {
    while (at < tasks.length && endOf(tasks[at] as TraceEvent) < frame.ts) at += 1;
    const task = tasks[at];
    if (task !== undefined && task.ts <= frame.ts)
      times.set(task, (task.tdur ?? Number.NaN) / 1000);
  }
  return [...times.values()];
}

function endOf({ ts, dur = 0 }: TraceEvent): number {
  return ts + dur;
}
