import type { ProfileTables } from './profileTables.ts';

/** Which of a sample's values is shown, and in what. */
export interface ChosenType {
  /** Position among a sample's values. */
  readonly index: number;
  /** Unit of the run's weights. */
  readonly unit: string;
  /** What a value is multiplied with to be in that unit. */
  readonly factor: number;
  /** `inuse_space/bytes`, as the file writes it. */
  readonly name: string;
}

/** Chosen before others where the file states no default. */
const PREFERRED = ['cpu', 'inuse_space'];

const NS_PER_UNIT = new Map([
  ['nanoseconds', 1],
  ['microseconds', 1e3],
  ['milliseconds', 1e6],
  ['seconds', 1e9],
]);

const BYTES_PER_UNIT = new Map([
  ['bytes', 1],
  ['kilobytes', 1024],
  ['megabytes', 1024 ** 2],
  ['gigabytes', 1024 ** 3],
]);

/** The sample types of a profile as `type/unit`, in their order. */
export function sampleTypeNames(tables: ProfileTables): string[] {
  const { strings } = tables;
  return tables.sampleTypes.map(({ type, unit }) => `${strings.get(type)}/${strings.get(unit)}`);
}

/**
 * The sample type that was asked for (`inuse_space` or `inuse_space/bytes`), else the file's default, else CPU time or
 * the memory in use, else the last one, as pprof does. Null where there are none, or none of the name asked for.
 */
export function chooseSampleType(
  tables: ProfileTables,
  wanted: string | undefined,
): ChosenType | null {
  const names = sampleTypeNames(tables);
  const find = (name: string): number =>
    names.findIndex((known) => known === name || known.startsWith(`${name}/`));
  let index = names.length - 1;
  if (wanted !== undefined) {
    index = find(wanted);
  } else {
    const stated = tables.strings.get(tables.defaultSampleType);
    for (const name of [...PREFERRED].reverse()) if (find(name) >= 0) index = find(name);
    if (stated !== '' && find(stated) >= 0) index = find(stated);
  }
  const chosen = tables.sampleTypes[index];
  const name = names[index];
  if (chosen === undefined || name === undefined) return null;
  const unit = tables.strings.get(chosen.unit);
  const ns = NS_PER_UNIT.get(unit);
  if (ns !== undefined) return { index, unit: 'nanoseconds', factor: ns, name };
  const bytes = BYTES_PER_UNIT.get(unit);
  if (bytes !== undefined) return { index, unit: 'bytes', factor: bytes, name };
  const counted = unit === 'count' || unit === '' ? tables.strings.get(chosen.type) : unit;
  return { index, unit: counted === '' ? 'count' : counted, factor: 1, name };
}
