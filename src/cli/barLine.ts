import type { StageState } from '../protocol/stage.ts';
import { clockTime } from '../pipeline/transcript/clockTime.ts';
import { padToWidth, truncateToWidth } from './displayWidth.ts';
import type { Palette } from './palette.ts';
import { durationText } from './quantities.ts';

/** What is known of one bar. */
export interface BarState {
  readonly title: string;
  readonly state: StageState;
  readonly fraction: number | null;
  readonly etaSeconds: number | null;
  readonly speed: string | null;
  /** Milliseconds. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

const TITLE_COLUMNS = 33;
const BAR_COLUMNS = 24;
const NARROW_COLUMNS = 72;

/** One bar as a line that is never wider than the terminal. */
export function barLine(state: BarState, columns: number, now: number, palette: Palette): string {
  const narrow = columns < NARROW_COLUMNS;
  const titleColumns = narrow ? Math.max(8, Math.floor(columns / 3)) : TITLE_COLUMNS;
  const barColumns = narrow ? Math.max(4, Math.floor(columns / 5)) : BAR_COLUMNS;
  const title = padToWidth(truncateToWidth(state.title, titleColumns), titleColumns, 'left');
  const percent = state.fraction === null ? '   …' : `${Math.floor(state.fraction * 100)} %`;
  const facts = [percent.padStart(5), ...factsOf(state, now)].join('  ');
  const room = columns - titleColumns - barColumns - 5;
  const tail = truncateToWidth(facts, Math.max(0, room));
  return `${mark(state.state, palette)} ${title} ${bar(state, barColumns, palette)} ${tail}`;
}

function factsOf(state: BarState, now: number): string[] {
  const facts: string[] = [];
  if (state.state === 'running') {
    if (state.etaSeconds !== null) facts.push(`${clockTime(state.etaSeconds)} left`);
  } else if (state.state === 'done') {
    if (state.startedAt !== null) {
      facts.push(durationText(((state.endedAt ?? now) - state.startedAt) / 1000));
    }
  } else facts.push(state.state);
  if (state.speed !== null && state.state !== 'cached') facts.push(state.speed);
  return facts;
}

function mark(state: StageState, palette: Palette): string {
  if (state === 'done' || state === 'cached') return palette.green('✓');
  if (state === 'failed') return palette.red('✗');
  return ' ';
}

function bar(state: BarState, columns: number, palette: Palette): string {
  const full = Math.round(Math.min(1, Math.max(0, state.fraction ?? 0)) * columns);
  return palette.cyan('█'.repeat(full)) + palette.dim('░'.repeat(columns - full));
}
