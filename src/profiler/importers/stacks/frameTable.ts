import type { RunBuilder } from '../../model/runBuilder.ts';
import { NO_SOURCE, type SourceId } from '../../model/units.ts';

/** A frame as an importer reads it. Lines and columns from 1; anything below means that they are not known. */
export interface Frame {
  readonly name: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Longest file name that is kept as a source; more is no path. */
const MAX_FILE_NAME = 4096;

const isPlace = (value: number | undefined): value is number =>
  value !== undefined && Number.isSafeInteger(value) && value >= 1;

/** The source id of a frame's place (rung `frame`); NO_SOURCE where file or line are not known. */
export function sourceOfFrame(builder: RunBuilder, frame: Frame): SourceId {
  const { file, line, column } = frame;
  if (file === undefined || file === '' || file.length > MAX_FILE_NAME || !isPlace(line)) {
    return NO_SOURCE;
  }
  return builder.source({
    file,
    line,
    ...(isPlace(column) ? { column } : {}),
    ...(frame.name === '' || frame.name.length > MAX_FILE_NAME ? {} : { functionName: frame.name }),
    rung: 'frame',
  });
}

/** Name for a frame that has none. */
export const ANONYMOUS = '(anonymous)';

/** Distinct frames by number, each with the name and source that its spans carry. */
export class FrameTable {
  readonly #builder: RunBuilder;
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #sources: SourceId[] = [];

  constructor(builder: RunBuilder) {
    this.#builder = builder;
  }

  get size(): number {
    return this.#names.length;
  }

  /** The number of a frame; equal name and place mean the same frame. */
  intern(frame: Frame): number {
    const name = frame.name === '' ? ANONYMOUS : frame.name;
    const key =
      frame.file === undefined
        ? name
        : `${name}\u0000${frame.file}\u0000${frame.line ?? ''}\u0000${frame.column ?? ''}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#names.length;
    const ownName = detached(name);
    this.#ids.set(frame.file === undefined ? ownName : key, id);
    this.#names.push(ownName);
    this.#sources.push(sourceOfFrame(this.#builder, { ...frame, name: ownName }));
    return id;
  }

  nameOf(frame: number): string {
    return this.#names[frame] ?? ANONYMOUS;
  }

  sourceOf(frame: number): SourceId {
    return this.#sources[frame] ?? NO_SOURCE;
  }
}

/** A copy of a text that does not keep alive the long line that it was cut from. */
function detached(text: string): string {
  return text.length > 12 && text.isWellFormed()
    ? Buffer.from(text, 'utf8').toString('utf8')
    : text;
}
