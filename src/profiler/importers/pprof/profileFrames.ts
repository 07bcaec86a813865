import type { RunBuilder } from '../../model/runBuilder.ts';
import type { SourceId } from '../../model/units.ts';
import { FrameTable, sourceOfFrame } from '../stacks/frameTable.ts';
import type { ProfileTables } from './profileTables.ts';

const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * The functions of a profile as frames. A frame is a function (name and file): the lines of it that were running are
 * told apart only to find the heaviest one of each node, which becomes its source.
 */
export class ProfileFrames {
  readonly #tables: ProfileTables;
  readonly #frames: FrameTable;
  readonly #builder: RunBuilder;
  readonly #frameOfFunction = new Map<number, number>();
  readonly #fileOfFrame: string[] = [];
  readonly #startLineOfFrame: number[] = [];
  constructor(tables: ProfileTables, builder: RunBuilder) {
    this.#tables = tables;
    this.#builder = builder;
    this.#frames = new FrameTable(builder);
  }

  nameOf(frame: number): string {
    return this.#frames.nameOf(frame);
  }

  /** The frame of a function id; one of its own for an id that is not in the file. */
  ofFunction(functionId: number): number {
    const known = this.#frameOfFunction.get(functionId);
    if (known !== undefined) return known;
    const { functions, functionName, functionFile, functionStartLine, strings } = this.#tables;
    const row = functions.get(functionId);
    const name = row === undefined ? '(unknown)' : strings.get(functionName.get(row));
    const file = row === undefined ? '' : strings.get(functionFile.get(row));
    const frame = this.#frames.intern({ name, file });
    this.#fileOfFrame[frame] = file;
    this.#startLineOfFrame[frame] = row === undefined ? 0 : functionStartLine.get(row);
    this.#frameOfFunction.set(functionId, frame);
    return frame;
  }

  /** The frame of a location without a function: its address and binary. */
  ofAddress(location: number): number {
    const { locationAddress, locationMapping, mappings, strings } = this.#tables;
    const address = locationAddress.get(location);
    const binary = basename(strings.get(mappings.get(locationMapping.get(location)) ?? 0));
    const hex = address === 0 ? '(unknown)' : `0x${address.toString(16)}`;
    return this.#frames.intern({ name: binary === '' ? hex : `${hex} [${binary}]` });
  }

  /** Source of a frame at its heaviest line, or, where that is 0, where its function begins. */
  sourceOf(frame: number, heaviestLine: number): SourceId {
    return sourceOfFrame(this.#builder, {
      name: this.#frames.nameOf(frame),
      file: this.#fileOfFrame[frame],
      line: heaviestLine > 0 ? heaviestLine : this.#startLineOfFrame[frame],
    });
  }
}
