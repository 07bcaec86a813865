import { amountText } from '../../../src/profiler/diff/amountText.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import { drawableText } from '../../flame/model/drawableText.ts';
import type { Hit, Scene } from '../../flame/model/scene.ts';
import { formatAmount } from '../../shared/amounts.ts';
import type { SpanMark } from '../chart/diffChart.ts';
import { changeText, ratioText } from '../model/changeWords.ts';
import { type PairSpan, sourceText } from '../model/pairRows.ts';

/** What is told of what lies under the pointer: A, B, their difference and ratio; nothing where there is nothing. */
export function hoverLines(
  mark: SpanMark | null,
  hit: Hit | null,
  scene: Scene,
  unit: string,
): string[] {
  if (mark !== null) return spanLines(mark, hit, unit);
  if (hit === null) return [];
  if (hit.kind === 'counter') {
    const counter = scene.counters[hit.counter]?.counter;
    return counter === undefined ? [] : [counter.name, formatAmount(hit.value, counter.unit)];
  }
  if (hit.kind === 'band') {
    const name = scene.names.nameOf(hit.nameId);
    return name === '' ? [] : [drawableText(name), `${Math.round(hit.busy * 100)} % busy`];
  }
  return [];
}

function spanLines(
  { side, ids, place, name, selfDelta, totalDelta }: SpanMark,
  hit: Hit | null,
  unit: string,
): string[] {
  const own = place.durationNs;
  const many = hit?.kind === 'aggregate' ? [`the longest of ${formatNumber(hit.count)} spans`] : [];
  const title = name === '' ? '(no name)' : drawableText(name);
  if (ids.a === null || ids.b === null) {
    return [title, `Only in ${side.toUpperCase()}: ${amountText(own, unit)}`, ...many];
  }
  const [a, b] = side === 'a' ? [own, own + totalDelta] : [own - totalDelta, own];
  return [
    title,
    `A ${amountText(a, unit)} → B ${amountText(b, unit)}`,
    `${changeText(totalDelta, unit)} · ${ratioText(a, b)}`,
    `itself ${changeText(selfDelta, unit)}`,
    ...many,
  ];
}

/** Where both spans of a pair are in the sources. */
export function sourceLines(a: PairSpan | null, b: PairSpan | null): string[] {
  const [before, after] = [sourceText(a?.source), sourceText(b?.source)];
  if (a?.source && b?.source && before === after) return [before];
  return [...(a?.source ? [`A ${before}`] : []), ...(b?.source ? [`B ${after}`] : [])];
}
