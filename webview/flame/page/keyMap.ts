/** Everything a key can do in the chart. */
export type ChartAction =
  | 'zoom-in'
  | 'zoom-out'
  | 'pan-left'
  | 'pan-right'
  | 'arrow-left'
  | 'arrow-right'
  | 'arrow-up'
  | 'arrow-down'
  | 'page-up'
  | 'page-down'
  | 'fit-all'
  | 'focus-selection'
  | 'next-sibling'
  | 'previous-sibling'
  | 'next-track'
  | 'previous-track'
  | 'open-source'
  | 'search'
  | 'next-hit'
  | 'previous-hit'
  | 'view-time'
  | 'view-left-heavy'
  | 'view-sandwich'
  | 'mark-area'
  | 'area-shrink'
  | 'area-grow'
  | 'area-fewer-tracks'
  | 'area-more-tracks'
  | 'collapse-track'
  | 'pin-track'
  | 'track-up'
  | 'track-down'
  | 'critical-path'
  | 'table'
  | 'details'
  | 'copy'
  | 'sandwich-of-selection'
  | 'help'
  | 'unwind';

/** A key as the browser tells it; `shift` counts only where the entry asks for it. */
export interface KeyStroke {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

interface KeyEntry {
  readonly action: ChartAction;
  /** As `KeyboardEvent.key` has them, with the modifiers before: `Shift+ArrowLeft`. Letters in lower case. */
  readonly keys: readonly string[];
  readonly text: string;
  readonly group: KeyGroup;
}

export type KeyGroup = 'Move' | 'Spans' | 'Search' | 'Views' | 'Area' | 'Tracks' | 'Page';

/** Every key of the chart: the key handling and the help are made of this. */
export const KEYS: readonly KeyEntry[] = [
  { group: 'Move', action: 'zoom-in', keys: ['w', '+', '='], text: 'Zoom in' },
  { group: 'Move', action: 'zoom-out', keys: ['s', '-'], text: 'Zoom out' },
  { group: 'Move', action: 'pan-left', keys: ['a'], text: 'Pan left' },
  { group: 'Move', action: 'pan-right', keys: ['d'], text: 'Pan right' },
  {
    group: 'Move',
    action: 'arrow-left',
    keys: ['ArrowLeft'],
    text: 'Pan left; from a chosen span to the one before it',
  },
  {
    group: 'Move',
    action: 'arrow-right',
    keys: ['ArrowRight'],
    text: 'Pan right; from a chosen span to the one after it',
  },
  {
    group: 'Move',
    action: 'arrow-up',
    keys: ['ArrowUp'],
    text: 'Scroll up; from a chosen span to its caller',
  },
  {
    group: 'Move',
    action: 'arrow-down',
    keys: ['ArrowDown'],
    text: 'Scroll down; from a chosen span to its first child',
  },
  { group: 'Move', action: 'page-up', keys: ['PageUp'], text: 'Scroll up by a page' },
  { group: 'Move', action: 'page-down', keys: ['PageDown'], text: 'Scroll down by a page' },
  { group: 'Move', action: 'fit-all', keys: ['0', 'Home'], text: 'Show the whole run' },
  {
    group: 'Move',
    action: 'focus-selection',
    keys: ['f'],
    text: 'Centre the chosen span or area; once more: fit it',
  },
  { group: 'Spans', action: 'next-sibling', keys: ['.'], text: 'Next span of the row' },
  { group: 'Spans', action: 'previous-sibling', keys: [','], text: 'Previous span of the row' },
  { group: 'Spans', action: 'open-source', keys: ['Enter'], text: 'Open the source line' },
  {
    group: 'Spans',
    action: 'sandwich-of-selection',
    keys: ['b'],
    text: 'Callers and callees of the chosen span',
  },
  { group: 'Spans', action: 'copy', keys: ['y'], text: 'Copy the chosen span or area as Markdown' },
  { group: 'Search', action: 'search', keys: ['/', 'Ctrl+f'], text: 'Search names' },
  { group: 'Search', action: 'next-hit', keys: ['n'], text: 'Next match' },
  { group: 'Search', action: 'previous-hit', keys: ['Shift+N'], text: 'Previous match' },
  { group: 'Views', action: 'view-time', keys: ['1'], text: 'Time order' },
  { group: 'Views', action: 'view-left-heavy', keys: ['2'], text: 'Left heavy' },
  { group: 'Views', action: 'view-sandwich', keys: ['3'], text: 'Sandwich' },
  { group: 'Views', action: 'table', keys: ['t'], text: 'Visible spans as a table' },
  { group: 'Views', action: 'critical-path', keys: ['l'], text: 'Critical path on or off' },
  {
    group: 'Area',
    action: 'mark-area',
    keys: ['m'],
    text: 'Select the time of the chosen span, or of what is visible',
  },
  {
    group: 'Area',
    action: 'area-shrink',
    keys: ['Shift+ArrowLeft'],
    text: 'Make the area shorter',
  },
  { group: 'Area', action: 'area-grow', keys: ['Shift+ArrowRight'], text: 'Make the area longer' },
  {
    group: 'Area',
    action: 'area-fewer-tracks',
    keys: ['Shift+ArrowUp'],
    text: 'Take the last track from the area',
  },
  {
    group: 'Area',
    action: 'area-more-tracks',
    keys: ['Shift+ArrowDown'],
    text: 'Add the next track to the area',
  },
  { group: 'Tracks', action: 'previous-track', keys: ['['], text: 'Previous track' },
  { group: 'Tracks', action: 'next-track', keys: [']'], text: 'Next track' },
  { group: 'Tracks', action: 'collapse-track', keys: ['c'], text: 'Collapse or expand the track' },
  {
    group: 'Tracks',
    action: 'pin-track',
    keys: ['p'],
    text: 'Pin the track to the top, or let it go',
  },
  { group: 'Tracks', action: 'track-up', keys: ['Alt+ArrowUp'], text: 'Move the track up' },
  { group: 'Tracks', action: 'track-down', keys: ['Alt+ArrowDown'], text: 'Move the track down' },
  { group: 'Page', action: 'details', keys: ['i'], text: 'Details on or off' },
  { group: 'Page', action: 'help', keys: ['?'], text: 'These keys' },
  {
    group: 'Page',
    action: 'unwind',
    keys: ['Escape'],
    text: 'Back: search, area, selection, zoom',
  },
];

const BY_STROKE = new Map(
  KEYS.flatMap(({ action, keys }) => keys.map((key) => [key, action] as const)),
);

/**
 * What a key does, or null where it belongs to somebody else: with Ctrl, Cmd or Alt only what the table names, so that no
 * key binding of VS Code is taken away.
 */
export function actionOf({ key, ctrl, alt, shift }: KeyStroke): ChartAction | null {
  const base = key.length === 1 ? key.toLowerCase() : key;
  // Whether a sign needs Shift depends on the keyboard.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  const shifted = shift && !isSign;
  const name = shifted && key.length === 1 ? key.toUpperCase() : base;
  const modifiers = `${ctrl ? 'Ctrl+' : ''}${alt ? 'Alt+' : ''}${shifted ? 'Shift+' : ''}`;
  const exact = BY_STROKE.get(modifiers + name);
  if (exact !== undefined || ctrl || alt) return exact ?? null;
  // With caps lock or a held Shift a letter means the same, unless it has a meaning of its own.
  return shifted && key.length === 1 ? (BY_STROKE.get(base) ?? null) : null;
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
};

/** A key as the help shows it: `Shift+←`. */
export function keyLabel(key: string): string {
  if (key === '+') return '+';
  return key
    .split('+')
    .map((part) => KEY_NAMES[part] ?? (/^[a-z]$/u.test(part) ? part.toUpperCase() : part))
    .join('+');
}

/** Keys of an action in words, for tooltips of buttons. */
export function keysOf(action: ChartAction): string {
  const entry = KEYS.find((each) => each.action === action);
  return entry?.keys[0] === undefined ? '' : keyLabel(entry.keys[0]);
}
