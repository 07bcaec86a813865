import type { Run } from '../../model/run.ts';
import { spanCount } from '../../model/run.ts';
import { RESOURCE } from '../../model/attributeNames.ts';
import { totalLoads } from '../../model/workAccount.ts';
import { NO_SPAN, type Seconds, type SpanIndex } from '../../model/units.ts';
import type { Evidence } from '../finding.ts';
import { spanEvidence } from '../evidence.ts';
import { says } from '../words.ts';
import { type LogTimes } from './logLines.ts';
import { logLoadsOf } from './logLoads.ts';
import type { NameFacts, SpanNames } from './spanNames.ts';
import type { SpanNotes } from './spanNotes.ts';
import { secondsOf, startOf } from './spanTimes.ts';
import type { Statements } from './statements.ts';

/** One time that a resource was brought into memory, or decoded. */
export interface Load {
  /** Name of the resource, or of what is done where only that is known. */
  readonly resource: string;
  /** Whether the run names the resource, rather than only what is done. */
  readonly named: boolean;
  readonly decode: boolean;
  /** Tells processes apart: each has to load for itself. */
  readonly process: string;
  readonly startSeconds: Seconds | null;
  readonly seconds: Seconds | null;
  readonly span: SpanIndex | null;
  readonly evidence: Evidence;
  /** Span name or template, for the search of the source line. */
  readonly text: string;
  /** How sure it is that this is a load at all. */
  readonly confidence: number;
}

/** Least share of a file that a read must bring in to be a load of it. */
const WHOLE = 0.5;

export function loadsOf(
  run: Run,
  names: SpanNames,
  notes: SpanNotes,
  statements: Statements,
  times: LogTimes,
): Load[] {
  const fromSpans = spanLoads(run, names, notes);
  return [
    ...fromSpans,
    ...countedLoads(run, new Set(fromSpans.map(({ resource }) => resource))),
    ...logLoadsOf(run, statements, times),
  ];
}

/** Loads that the accounts count and no span tells of. Each process that computes loads its model for itself. */
function countedLoads(run: Run, told: ReadonlySet<string>): Load[] {
  const processes = run.environment.threads ?? run.environment.cores ?? 1;
  return [...totalLoads(run.work)].flatMap(([resource, count]): Load[] => {
    const needed = resource.startsWith(RESOURCE.model) ? processes : 1;
    if (told.has(resource) || count <= needed) return [];
    const load: Load = {
      resource,
      named: true,
      decode: false,
      process: '',
      startSeconds: null,
      seconds: null,
      span: null,
      evidence: { text: `${resource}: ${count} loads counted` },
      text: resource,
      confidence: 0.9,
    };
    return Array.from({ length: Math.min(count, MOST_COUNTED) }, () => load);
  });
}

/** Loads that are kept one by one. */
const MOST_COUNTED = 10_000;

function spanLoads(run: Run, names: SpanNames, notes: SpanNotes): Load[] {
  const found = new Map<SpanIndex, Load>();
  for (let span = 0; span < spanCount(run); span += 1) {
    const name = names.get(run.spans.nameId[span] ?? 0);
    if (name === undefined) continue;
    const load = spanLoad(run, name, notes, span);
    if (load !== null) found.set(span, load);
  }
  return [...found].filter(([span, load]) => !isInside(run, found, span, load)).map(([, l]) => l);
}

function spanLoad(run: Run, name: NameFacts, notes: SpanNotes, span: SpanIndex): Load | null {
  // What a line tells is told by the line.
  if (notes.logged.has(span)) return null;
  if (notes.call.has(span) || notes.part.has(span) || isPartial(notes, span)) return null;
  const track = run.tracks[run.spans.trackId[span] ?? 0];
  const resource = notes.resource.get(span);
  const verb = (name.load || name.decode) && !name.notLoaded;
  // A read or a decode with an index is of that part; a load with one may be of the whole for that part.
  if (notes.index.has(span) && !says(name.words, /^(?:re)?load(?:s|ed|ing)?$/u)) return null;
  const onResourceTrack = track?.kind === 'resource' && resource !== undefined;
  if (!verb && !onResourceTrack) return null;
  if (resource === undefined && (name.words.length < 2 || !isNameTelling(name))) return null;
  const process = notes.process.get(span) ?? (track?.kind === 'process' ? track.name : '');
  return {
    resource: resource ?? name.pattern + (notes.other.get(span) ?? ''),
    named: resource !== undefined,
    decode: name.decode,
    process,
    startSeconds: startOf(run, span),
    seconds: secondsOf(run, span),
    span,
    // Put into words only where it is shown: there may be a million of them.
    get evidence() {
      return spanEvidence(run, span);
    },
    text: run.strings[run.spans.nameId[span] ?? 0] ?? '',
    confidence: resource !== undefined ? 0.95 : 0.65,
  };
}

/** Verbs that also take one thing after another, and nouns of such things. */
const WEAK_VERB = /^(?:reads?|reading|creat\w*|pars\w*|import\w*|map\w*|acquir\w*|connect\w*)$/u;
const ONE_OF_MANY =
  /^(?:rows?|lines?|records?|items?|chunks?|blocks?|bytes?|frames?|packets?|messages?|pages?|next|entry|entries|events?|tokens?|samples?|buffers?|responses?|requests?|body|json|xml|csv|file|files|data|input|lock|batch|segments?|connection|object|element|image|document|text|query|result)$/u;

/** A name whose varying part may be the resource says nothing, nor one that takes one of many things each time. */
function isNameTelling(name: NameFacts): boolean {
  if (name.pattern.includes('*')) return false;
  return !says(name.words, WEAK_VERB) || !says(name.words, ONE_OF_MANY);
}

function isPartial(notes: SpanNotes, span: SpanIndex): boolean {
  const bytes = notes.bytes.get(span);
  const size = notes.size.get(span);
  return bytes !== undefined && size !== undefined && size > 0 && bytes < size * WHOLE;
}

/** A load within a load of the same resource is a step of it. */
function isInside(
  run: Run,
  found: ReadonlyMap<SpanIndex, Load>,
  span: SpanIndex,
  load: Load,
): boolean {
  let above = run.spans.parent[span] ?? NO_SPAN;
  for (let steps = 0; above !== NO_SPAN && steps < 64; steps += 1) {
    const outer = found.get(above);
    if (outer !== undefined && (outer.resource === load.resource || !load.named)) return true;
    above = run.spans.parent[above] ?? NO_SPAN;
  }
  return false;
}
