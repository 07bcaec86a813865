import type { RunEnvironment } from '../model/environment.ts';

/** A field in which the runs of both sets are not all alike. */
export interface EnvironmentDifference {
  /** Field of the environment, such as `cpu` or `models.whisper`. */
  readonly field: string;
  /** Values of A and of B, several joined; null where unknown. */
  readonly a: string | null;
  readonly b: string | null;
  /** `unknown`: one side does not say. Only what is known to differ forbids comparing. */
  readonly severity: 'different' | 'unknown';
}

export interface EnvironmentComparison {
  readonly comparable: boolean;
  readonly differences: readonly EnvironmentDifference[];
  /** Fields that neither side tells. */
  readonly unknown: readonly string[];
}

/** Compares the environments of two sets of runs field by field. Runs of one set that differ count as well. */
export function compareEnvironments(
  a: readonly RunEnvironment[],
  b: readonly RunEnvironment[],
): EnvironmentComparison {
  const fieldsOfA = a.map(fieldsOf);
  const fieldsOfB = b.map(fieldsOf);
  const names = new Set([...fieldsOfA, ...fieldsOfB].flatMap((fields) => [...fields.keys()]));
  const differences: EnvironmentDifference[] = [];
  const unknown: string[] = [];
  for (const field of names) {
    const inA = valuesOf(fieldsOfA, field);
    const inB = valuesOf(fieldsOfB, field);
    const known = new Set([...inA, ...inB].filter((value) => value !== null));
    if (known.size === 0) {
      unknown.push(field);
    } else if (known.size > 1 || inA.has(null) || inB.has(null)) {
      const severity = known.size > 1 ? 'different' : 'unknown';
      differences.push({ field, a: joined(inA), b: joined(inB), severity });
    }
  }
  const comparable = differences.every(({ severity }) => severity !== 'different');
  return { comparable, differences, unknown };
}

function fieldsOf(environment: RunEnvironment): ReadonlyMap<string, string | null> {
  const { models, batchSizes, ...plain } = environment;
  const fields = new Map<string, string | null>();
  for (const [field, value] of Object.entries(plain)) {
    fields.set(field, value === null ? null : String(value));
  }
  for (const [name, hash] of Object.entries(models)) fields.set(`models.${name}`, hash);
  for (const [stage, size] of Object.entries(batchSizes)) {
    fields.set(`batchSizes.${stage}`, String(size));
  }
  return fields;
}

function valuesOf(
  runs: readonly ReadonlyMap<string, string | null>[],
  field: string,
): ReadonlySet<string | null> {
  return new Set(runs.map((fields) => fields.get(field) ?? null));
}

function joined(values: ReadonlySet<string | null>): string | null {
  const known = [...values].filter((value) => value !== null).sort();
  return known.length === 0 ? null : known.join(' | ');
}

/** What differs, for a sentence: `cpu (a → b), threads (2 → 4)`. */
export function differenceText({ differences }: EnvironmentComparison): string {
  return differences
    .filter(({ severity }) => severity === 'different')
    .map(({ field, a, b }) => `${field} (${a ?? 'unknown'} → ${b ?? 'unknown'})`)
    .join(', ');
}
