import type { Mark, MarkFinding, MarkVerdict } from '../../protocol/markMessages.ts';
import { formatPercentChange } from '../platform/formatChange.ts';

/** A mark's appearance: colour and shape follow it. */
export type Look = 'slower' | 'faster' | 'same' | 'inconclusive' | 'finding' | 'stale';

/** Said wherever a mark is shown whose line is another now. */
export const STALE_NOTE = 'the line changed since it was measured';

const SIGNS: Readonly<Record<MarkVerdict['word'], string>> = {
  slower: '▲',
  faster: '▼',
  same: '=',
  inconclusive: '?',
  withheld: '○',
};
/** What is not a time gets no slower. */
const FIGURE_WORDS: Readonly<Record<MarkVerdict['word'], string>> = {
  slower: 'worse',
  faster: 'better',
  same: 'same',
  inconclusive: 'inconclusive',
  withheld: 'withheld',
};
const HEAT_BARS = '▁▂▃▄▅▆▇█';
const MOST_CHARACTERS = 60;
const MOST_OF_TITLE = 160;
const MOST_OF_UNIT = 20;

export function lookOf({ verdict, finding }: Mark, stale: boolean): Look {
  if (stale) return 'stale';
  if (verdict === null) return finding === null ? 'same' : 'finding';
  // A screen is a hint: it is never shown as what is certain.
  if (verdict.tier === 1 || verdict.word === 'withheld') return 'inconclusive';
  return verdict.word;
}

/** Whether a verdict says for sure that something got worse. */
export function isRegression(verdict: MarkVerdict | null): boolean {
  return verdict?.word === 'slower' && (verdict.tier === 0 || verdict.tier === 2);
}

/** `▲ +31 % (+24 … +38 %), 10 v 10 · slower` */
export function verdictText(verdict: MarkVerdict): string {
  const { word, tier, n, medians, ratio, interval, unit } = verdict;
  const isTime = verdict.metric === 'seconds';
  const name = isTime ? '' : `${shortened(verdict.metric)} `;
  const said = isTime ? word : FIGURE_WORDS[word];
  const hint = tier === 1 ? ', a hint' : '';
  if (tier === 0) {
    const values = medians.map((value) => valueText(value, unit)).join(' → ');
    return `${SIGNS[word]} ${name}${values} · ${said}`;
  }
  const change = ratio === null ? '' : `${formatPercentChange(ratio)} ${intervalText(interval)}`;
  const size = `${n[0]} v ${n[1]}`;
  return `${SIGNS[word]} ${name}${change === '' ? size : `${change.trim()}, ${size}`} · ${said}${hint}`;
}

/** `(+24 … +38 %)`; nothing where it is not known. */
function intervalText([low, high]: MarkVerdict['interval']): string {
  if (low === null && high === null) return '';
  const end = (ratio: number | null): string =>
    ratio === null ? '?' : formatPercentChange(ratio).replace(/ %$/u, '');
  return `(${end(low)} … ${end(high)} %)`;
}

/** `⚠ model.bin was loaded 4 times. · 3.20 s lost` */
export function findingText({ severity, title, wastedSeconds }: MarkFinding): string {
  const sign = { error: '✖', warning: '⚠', info: 'ⓘ' }[severity];
  const lost = wastedSeconds === null ? '' : ` · ${valueText(wastedSeconds, 's')} lost`;
  return `${sign} ${shortened(title, MOST_OF_TITLE)}${lost}`;
}

/** What stands at the end of the line: `▲ +31 % · ▆ 62 % of the run`. */
export function lineEndText({ verdict, finding, share }: Mark, stale: boolean): string {
  const parts: string[] = [];
  if (verdict !== null) {
    const { word, tier, ratio, medians, unit, metric } = verdict;
    const isTime = metric === 'seconds';
    const amount =
      tier === 0
        ? medians.map((value) => valueText(value, unit)).join(' → ')
        : ratio === null
          ? word
          : formatPercentChange(ratio);
    const name = isTime ? '' : `${shortened(metric)} `;
    const said = word === 'inconclusive' || word === 'withheld' ? `, ${word}` : '';
    parts.push(
      `${SIGNS[word]} ${name}${word === 'same' ? 'same' : `${amount}${amount === word ? '' : said}`}`,
    );
  }
  if (finding !== null) parts.push(shortened(findingText(finding)));
  if (share !== null) parts.push(`${heatBar(share)} ${shareText(share)} of the run`);
  if (stale) parts.push(STALE_NOTE);
  return parts.join(' · ');
}

/** What a mark says in one line, for lists and messages. */
export function summaryText(mark: Mark): string {
  const { verdict, finding } = mark;
  if (verdict !== null) return `${shortened(verdict.stage)} ${verdictText(verdict)}`;
  return finding === null ? '' : findingText(finding);
}

/** A value in its unit: `1.31 s`, `80.2 ms`, `4 loads`. */
export function valueText(value: number | string | null, unit: string): string {
  if (value === null) return '–';
  if (typeof value === 'string') return shortened(value);
  if (unit === 's') {
    const size = Math.abs(value);
    if (size >= 1 || size === 0) return `${digits(value)} s`;
    return size >= 1e-3 ? `${digits(value * 1e3)} ms` : `${digits(value * 1e6)} µs`;
  }
  const plain = unit === '' || unit === '1';
  return plain ? digits(value) : `${digits(value)} ${shortened(unit, MOST_OF_UNIT)}`;
}

function digits(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

export function shareText(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}

/** A bar as high as the share. */
function heatBar(share: number): string {
  const level = Math.min(HEAT_BARS.length - 1, Math.max(0, Math.floor(share * HEAT_BARS.length)));
  return HEAT_BARS[level] ?? '';
}

/** Text from outside on one line, without what would turn its direction or hide. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** The same, cut where it gets long. */
export function shortened(text: string, most = MOST_CHARACTERS): string {
  const line = oneLine(text);
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}
