import { ATTRIBUTE } from '../../model/attributeNames.ts';
import type { AttributeValue } from '../../model/attributes.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import { NO_SOURCE, type SourceId } from '../../model/units.ts';
import type { AttributeList } from './otlpRecords.ts';

/** What a `code.*` attribute tells, by its stable name (semantic conventions 1.33.0) and the one before. */
const PARTS: ReadonlyMap<string, keyof CodePlace> = new Map([
  [ATTRIBUTE.codeFile, 'file'],
  [ATTRIBUTE.codeLine, 'line'],
  [ATTRIBUTE.codeColumn, 'column'],
  [ATTRIBUTE.codeFunction, 'function'],
  ['code.filepath', 'file'],
  ['code.lineno', 'line'],
  ['code.column', 'column'],
  ['code.function', 'function'],
  ['code.namespace', 'namespace'],
]);

const DOT = 0x2e;

interface CodePlace {
  file: AttributeValue | undefined;
  line: AttributeValue | undefined;
  column: AttributeValue | undefined;
  function: AttributeValue | undefined;
  namespace: AttributeValue | undefined;
}

interface KnownPlace {
  readonly name: string;
  readonly column: number | null;
  readonly id: SourceId;
}

/** Turns `code.*` attributes into source references. */
export class SpanSources {
  readonly #builder: RunBuilder;
  /** By file and line: the places there. */
  readonly #known = new Map<string, Map<number, KnownPlace[]>>();

  constructor(builder: RunBuilder) {
    this.#builder = builder;
  }

  /**
   * The source reference that attributes tell of, which are then taken off the list. Without a file and a line they
   * stay: a function's name alone is no place, but others may find it.
   */
  take(attributes: AttributeList): SourceId {
    const { keys, length } = attributes;
    let place: CodePlace | null = null;
    for (let i = 0; i < length; i += 1) {
      const key = keys[i] ?? '';
      // Most attributes of most spans have nothing to do with code.
      if (key.charCodeAt(4) !== DOT || !key.startsWith('code.')) continue;
      const part = PARTS.get(key);
      if (part === undefined) continue;
      place ??= {
        file: undefined,
        line: undefined,
        column: undefined,
        function: undefined,
        namespace: undefined,
      };
      place[part] = attributes.values[i];
    }
    if (place === null) return NO_SOURCE;
    const line = wholeNumber(place.line);
    if (typeof place.file !== 'string' || place.file === '' || line === null) return NO_SOURCE;
    for (let i = length - 1; i >= 0; i -= 1) {
      if (PARTS.has(keys[i] ?? '')) attributes.removeAt(i);
    }
    return this.#source(place.file, line, place);
  }

  #source(file: string, line: number, place: CodePlace): SourceId {
    const column = wholeNumber(place.column);
    const name = functionName(place);
    let lines = this.#known.get(file);
    if (lines === undefined) {
      lines = new Map<number, KnownPlace[]>();
      this.#known.set(file, lines);
    }
    let places = lines.get(line);
    if (places === undefined) lines.set(line, (places = []));
    const known = places.find((each) => each.name === name && each.column === column);
    if (known !== undefined) return known.id;
    const id = this.#builder.source({
      file: file.toWellFormed(),
      line,
      ...(column === null ? {} : { column }),
      ...(name === '' ? {} : { functionName: name.toWellFormed() }),
      rung: 'code-attribute',
    });
    places.push({ name, column, id });
    return id;
  }
}

/** Old names keep the class or module in `code.namespace`, the stable one has it in the function's name. */
function functionName(place: CodePlace): string {
  if (typeof place.function !== 'string') return '';
  const { namespace } = place;
  return typeof namespace === 'string' && namespace !== ''
    ? `${namespace}.${place.function}`
    : place.function;
}

/** A line or column from 1; some SDKs write it as text. */
function wholeNumber(value: AttributeValue | undefined): number | null {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 1 ? number : null;
}
