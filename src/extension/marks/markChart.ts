import type { MarkVerdict } from '../../protocol/markMessages.ts';
import { valueText } from './markText.ts';

const WIDTH = 280;
const HEIGHT = 68;
const LEFT = 34;
const RIGHT = 66;
/** Readable on the backgrounds of light and dark themes alike: at least 3 to 1 against white and near-black. */
const COLOURS = {
  text: '#7f858c',
  a: '#4a8fd6',
  b: { slower: '#e0605a', other: '#4a9a5e' },
} as const;

/**
 * The values of both sides as dots on one axis that begins where they do, with their medians as bars; null where there
 * are none. An SVG document: only numbers of ours are in it.
 */
export function markChart({ values, medians, unit, word }: MarkVerdict): string | null {
  const all = values.flat().filter(Number.isFinite);
  const low = Math.min(...all);
  const span = Math.max(...all) - low;
  if (values.some((side) => side.length === 0) || !Number.isFinite(span)) return null;
  const x = (value: number): number =>
    span === 0
      ? (LEFT + WIDTH - RIGHT) / 2
      : LEFT + ((value - low) / span) * (WIDTH - LEFT - RIGHT);
  const colourB = word === 'slower' ? COLOURS.b.slower : COLOURS.b.other;
  const rows = [
    { name: 'A', side: values[0], median: medians[0], y: 18, colour: COLOURS.a, isB: false },
    { name: 'B', side: values[1], median: medians[1], y: 44, colour: colourB, isB: true },
  ].map(({ name, side, median, y, colour, isB }) => {
    const points = side.map((value, i) => point(x(value), y + jitter(i), colour, isB)).join('');
    const bar =
      typeof median === 'number' && Number.isFinite(median)
        ? `<rect x="${fixed(x(median) - 1)}" y="${y - 10}" width="2" height="20" fill="${colour}"/>` +
          label(WIDTH - RIGHT + 12, y + 4, valueText(median, unit === 's' ? 's' : ''))
        : '';
    return label(12, y + 4, name) + points + bar;
  });
  const axis = `<path d="M${LEFT} 60H${WIDTH - RIGHT}" stroke="${COLOURS.text}" stroke-opacity=".5"/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
    `${rows.join('')}${axis}</svg>`
  );
}

/** The same as an address that an image may have. */
export function markChartAddress(verdict: MarkVerdict): string | null {
  const svg = markChart(verdict);
  return svg === null
    ? null
    : `data:image/svg+xml;base64,${Buffer.from(svg, 'utf8').toString('base64')}`;
}

/** A is round and B is square: no colour is needed to tell them apart. */
function point(x: number, y: number, colour: string, isB: boolean): string {
  const fill = `fill="${colour}" fill-opacity=".7"`;
  return isB
    ? `<rect x="${fixed(x - 3)}" y="${fixed(y - 3)}" width="6" height="6" ${fill}/>`
    : `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="3" ${fill}/>`;
}

function label(x: number, y: number, text: string): string {
  const plain = text.replace(/[<>&"']/gu, '');
  return `<text x="${x}" y="${y}" font-family="sans-serif" font-size="12" fill="${COLOURS.text}">${plain}</text>`;
}

/** Equal values beside one another instead of over one another. */
function jitter(index: number): number {
  return ((index * 5) % 13) - 6;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
