import { collect } from '../collect.ts';
import { formatNumber, formatSeconds } from '../../report/formatNumber.ts';
import { findingOf } from '../draft.ts';
import { largest, smallest } from '../extremes.ts';
import { sampleOf } from '../evidence.ts';
import type { Facts } from '../facts/facts.ts';
import type { Load } from '../facts/loads.ts';
import { median } from '../facts/spanTimes.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Loads of one thing from which on they are a finding, where they are spans and where they are lines. */
const LEAST_SPANS = 2;
const LEAST_LINES = 3;
/** Loads that are a finding whatever they cost. */
const MANY = 10;
/** Least share of the run, and least seconds, that fewer loads must cost. */
const LEAST_SHARE = 0.01;
const LEAST_SECONDS = 0.02;
/** Loads of an unnamed thing last alike; times apart by more than this factor are different things. */
const ALIKE = 4;

/** The same thing brought into memory more than once by one process. Waste: all loads but the longest. */
export const repeatedLoad: Rule = (facts) =>
  repeats(facts, false).map((group) => repeatedFinding(facts, group, 'repeated-load'));

/** The loads of each resource and process that were more than one and cost something. */
export function repeats(facts: Facts, decode: boolean): Load[][] {
  const groups = new Map<string, Load[]>();
  for (const load of facts.loads) {
    if (load.decode !== decode) continue;
    const key = JSON.stringify([load.process, keyOf(load)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [load]);
    else group.push(load);
  }
  const single = [...groups.values()].map(oneTemplate);
  return withoutTwins(single).filter((group) => isCostly(facts, group));
}

/**
 * `loading FILE` and `loaded in 3 s` are one load told by two lines: the one that names the resource stays, with the
 * times of the one that knows them.
 */
function withoutTwins(groups: readonly Load[][]): Load[][] {
  const told = groups.filter((group) => group[0]?.span === null);
  const isTwin = (a: readonly Load[], b: readonly Load[]): boolean =>
    a !== b && a[0]?.named === true && b[0]?.named === false && Math.abs(a.length - b.length) <= 1;
  const spare = new Set(told.filter((group) => told.some((other) => isTwin(other, group))));
  return groups
    .filter((group) => !spare.has(group))
    .map((group) => {
      const twin = told.find((other) => isTwin(group, other));
      if (twin === undefined || wasteOf(group) !== null) return group;
      return group.map((load, i) => ({ ...load, seconds: twin[i]?.seconds ?? null }));
    });
}

function keyOf({ resource }: Load): string {
  return resource.trim();
}

/**
 * Where several templates tell of the same load (`loading …`, `loaded … in 3 s`), the one that counts: the one whose
 * lines know how long it took, then the one with most lines.
 */
function oneTemplate(group: readonly Load[]): Load[] {
  const byText = new Map<string, Load[]>();
  for (const load of group) {
    const key = load.span === null ? load.text : '';
    collect(byText, key, load);
  }
  const timed = (loads: readonly Load[]) =>
    loads.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  return [...byText.values()].reduce<Load[]>(
    (best, loads) =>
      best.length === 0 ||
      (loads.length > best.length / 2 && timed(loads) > timed(best)) ||
      loads.length > best.length * 2
        ? loads
        : best,
    [],
  );
}

function isCostly(facts: Facts, group: readonly Load[]): boolean {
  const lines = group[0]?.span === null;
  if (group.length < (lines ? LEAST_LINES : LEAST_SPANS)) return false;
  const seconds = group.map((load) => load.seconds ?? 0);
  if (group[0]?.named === false) {
    if (group.length < LEAST_LINES) return false;
    const usual = median(seconds);
    const unlike = seconds.filter((each) => each > usual * ALIKE || each * ALIKE < usual);
    if (unlike.length > group.length / 4) return false;
  }
  const wasted = wasteOf(group);
  if (wasted === null) return group.length >= MANY || lines;
  if (group.length >= MANY && wasted >= LEAST_SECONDS / 2) return true;
  return wasted >= LEAST_SECONDS && wasted >= (facts.seconds ?? 0) * LEAST_SHARE;
}

/** Sum of all loads less the longest: one load is needed. Null where no load has a length. */
export function wasteOf(group: readonly Load[]): number | null {
  const known = group.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  if (known.length === 0) return null;
  const sum = known.reduce((total, each) => total + each, 0);
  // Loads of unknown length (the last line of a log) are taken for ordinary ones.
  const missing = (group.length - known.length) * median(known);
  return sum + missing - largest(known);
}

export function repeatedFinding(
  facts: Facts,
  group: readonly Load[],
  kind: 'repeated-load' | 'repeated-decode',
): Finding {
  const first = group[0];
  const verb = kind === 'repeated-load' ? 'loaded' : 'decoded';
  const wasted = wasteOf(group);
  const name = (first?.resource ?? '').replace(/^(?:file|audio|model):/u, '');
  const cost = wasted === null ? '' : `, ${formatSeconds(wasted)} of it for nothing`;
  return findingOf(facts, {
    kind,
    title: `${name} is ${verb} ${formatNumber(group.length)} times${cost}`,
    count: group.length,
    wastedSeconds: wasted,
    ...(wasted === null ? { severity: 'warning' as const } : {}),
    expected: `${name} ${verb} once and shared`,
    actual: `${verb} ${formatNumber(group.length)} times${timesOf(group)}`,
    evidence: sampleOf(group.map(({ evidence }) => evidence)),
    cause: `Each use brings the same resource in anew; nothing keeps it between one use and the next.`,
    fix: `${kind === 'repeated-load' ? 'Load' : 'Decode'} ${name} once before the loop, hand it to each use, and let go of it after the last one.`,
    confidence: smallest(group.map(({ confidence }) => confidence)),
    refutedBy: first?.named
      ? 'Contents that change between two loads, or loads in different processes.'
      : 'Lines or spans that mean different resources each time.',
    spans: group.flatMap(({ span }) => (span === null ? [] : [span])),
    texts: [...group.map(({ text }) => text), ...(first?.named === true ? [baseName(name)] : [])],
  });
}

/** The name of a file as sources hold it, whatever folder it lay in when the program ran. */
function baseName(path: string): string {
  return path.split(/[/\\]/u).at(-1) ?? path;
}

function timesOf(group: readonly Load[]): string {
  const known = group.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  if (known.length === 0) return '';
  const sum = known.reduce((total, each) => total + each, 0);
  return `, ${formatSeconds(sum)} in all, ${formatSeconds(median(known))} each time`;
}
