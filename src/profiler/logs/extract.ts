import type { Measurement, MeasurementRole } from '../model/logSummary.ts';
import { findClauses } from './clauses.ts';
import { findDevices } from './devices.ts';
import type { Figure } from './figure.ts';
import { findFigures } from './findFigures.ts';
import { Labels } from './labels.ts';
import { findResources } from './resources.ts';
import { type FigureRole, figureRoles } from './roles.ts';
import { tokenise } from './tokens.ts';
import { isSpent, isWorkDuration, workName } from './workDuration.ts';

/** A measurement without its place in the log. */
export type Extracted = Pick<
  Measurement,
  'kind' | 'role' | 'label' | 'value' | 'upper' | 'direction' | 'of' | 'unit' | 'progress' | 'text'
>;

/** What the heading above a line says of it. */
export interface Section {
  readonly words: readonly string[];
  readonly role: MeasurementRole | null;
}

export const NO_SECTION: Section = { words: [], role: null };

/** Longest part of a line that is looked at for measurements, in characters. */
export const MAX_EXTRACT_CHARS = 4000;

/** What a line says. */
export interface LineContent {
  /** From left to right. */
  readonly measurements: readonly Extracted[];
  /** How long the work took that the line tells of, in seconds, and a name for it. */
  readonly work: {
    readonly seconds: number;
    readonly name: string;
    /** Whether a word says that the time was spent (`in 3 s`, `took=3s`), rather than that it stands there. */
    readonly spent: boolean;
  } | null;
}

const NOTHING: LineContent = { measurements: [], work: null };

/** Finds the typed measurements of a line whose time, level and logger are taken off. */
export function extract(body: string, section: Section = NO_SECTION): LineContent {
  const tokens = tokenise(
    body.length > MAX_EXTRACT_CHARS ? body.slice(0, MAX_EXTRACT_CHARS) : body,
  );
  const numbers = findFigures(tokens);
  const devices = findDevices(tokens);
  const resources = findResources(tokens);
  if (numbers.length + devices.length + resources.length === 0) return NOTHING;
  const taken = new Set([
    ...devices.map(({ figure }) => figure.from),
    ...resources.map(({ from }) => from),
  ]);
  const figures = numbers.filter(({ from, to }) => {
    for (let i = from; i < to; i += 1) if (taken.has(i)) return false;
    return true;
  });
  const clauses = findClauses(tokens);
  const roles = figureRoles(tokens, clauses, figures, section.role);
  const all = [...figures, ...devices.map(({ figure }) => figure), ...resources];
  const labels = new Labels(tokens, clauses, all, section.words);
  const placed = [
    ...figures.map((each, i) => ({
      at: each.from,
      found: describe(each, labels, roles[i] ?? { role: 'actual', direction: null }),
    })),
    ...devices.map(({ figure, role }) => ({
      at: figure.from,
      found: describe(figure, labels, { role, direction: null }),
    })),
    ...resources.map((each) => ({
      at: each.from,
      found: describe(each, labels, { role: 'actual', direction: null }),
    })),
  ];
  const took = figures.find(
    (each, i) => roles[i]?.role === 'actual' && isWorkDuration(tokens, each),
  );
  return {
    measurements: placed.sort((a, b) => a.at - b.at).map(({ found }) => found),
    work:
      took?.value == null
        ? null
        : {
            seconds: took.value,
            name: workName(tokens, took, all) || labels.of(took),
            spent: isSpent(tokens, took),
          },
  };
}

function describe(each: Figure, labels: Labels, { role, direction }: FigureRole): Extracted {
  const { kind, value, upper, of, unit, progress, text } = each;
  return { kind, role, label: labels.of(each), value, upper, direction, of, unit, progress, text };
}
