import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { type MadePlan, type MadeTrack, makeTrack, NAMES } from './madeTracks.ts';

const EVENTS_PER_WRITE = 20_000;

/** Writes made spans as a speedscope file: a profile of events for each track. @returns bytes written */
export async function writeSpeedscopeFile(path: string, plan: MadePlan): Promise<number> {
  const out = createWriteStream(path);
  const write = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, 'drain');
  };
  const frames = JSON.stringify(NAMES.map((name) => ({ name })));
  await write(
    `{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":${frames}},"profiles":[`,
  );
  for (let track = 0; track < plan.tracks; track += 1) {
    const made = makeTrack(plan, track);
    const end = made.start.reduce(
      (most, start, i) => Math.max(most, start + (made.duration[i] as number)),
      0,
    );
    await write(
      `${track === 0 ? '' : ','}{"type":"evented","name":"worker ${track}","unit":"nanoseconds","startValue":0,"endValue":${end},"events":[`,
    );
    let first = true;
    for (const events of eventsOf(made)) {
      await write((first ? '' : ',') + events.join());
      first = false;
    }
    await write(']}');
  }
  await write(']}');
  out.end();
  await once(out, 'close');
  return out.bytesWritten;
}

/** Openings and closings in the order of time. */
function* eventsOf(made: MadeTrack): Generator<string[]> {
  let events: string[] = [];
  const open: number[] = [];
  const closeTop = (): void => {
    const top = open.pop() as number;
    const at = (made.start[top] as number) + (made.duration[top] as number);
    events.push(`{"type":"C","frame":${made.name[top] as number},"at":${at}}`);
  };
  for (let i = 0; i < made.start.length; i += 1) {
    while (open.length > (made.row[i] as number)) closeTop();
    events.push(`{"type":"O","frame":${made.name[i] as number},"at":${made.start[i] as number}}`);
    open.push(i);
    if (events.length < EVENTS_PER_WRITE) continue;
    yield events;
    events = [];
  }
  while (open.length > 0) closeTop();
  yield events;
}
