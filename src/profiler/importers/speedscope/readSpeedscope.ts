import { JsonError } from '../json/jsonError.ts';
import type { JsonReader } from '../json/jsonReader.ts';
import type { JsonStream, OnReject } from '../json/jsonStream.ts';
import { END_OF_OBJECT, KeySet } from '../json/keySet.ts';
import { readNumbers } from '../json/readNumbers.ts';
import type { ImportRun } from '../importer.ts';
import type { Frame } from '../stacks/frameTable.ts';
import { CLOSE, OPEN, StagedProfile } from './stagedProfile.ts';

const FILE = new KeySet(['shared', 'profiles', 'exporter']);
const SHARED = new KeySet(['frames']);
const FRAME = new KeySet(['name', 'file', 'line', 'col']);
const PROFILE = new KeySet([
  'type',
  'name',
  'unit',
  'startValue',
  'endValue',
  'events',
  'samples',
  'weights',
]);
const EVENT = new KeySet(['type', 'at', 'frame']);

/** A speedscope file as it is staged. */
export interface SpeedscopeFile {
  readonly frames: Frame[];
  readonly profiles: StagedProfile[];
  exporter: string;
  /** Profiles beyond MAX_PROFILES, which were not read. */
  furtherProfiles: number;
}

/** Most profiles of a file: each costs some kilobytes, however little it holds. */
const MAX_PROFILES = 10_000;

/** Reads the file at hand, of any size, its keys in any order. */
export async function readSpeedscope(
  json: JsonStream,
  reject: ImportRun['reject'],
): Promise<SpeedscopeFile> {
  const { reader } = json;
  const file: SpeedscopeFile = { frames: [], profiles: [], exporter: '', furtherProfiles: 0 };
  try {
    await json.eachKey(FILE, async (key) => {
      if (key === 0) {
        await json.eachKey(SHARED, async () => {
          await json.eachElement(() => {
            const frame = readFrame(reader);
            file.frames.push(frame);
          }, reject);
        });
      } else if (key === 1) {
        await json.eachItem(async () => {
          if (file.profiles.length === MAX_PROFILES) {
            file.furtherProfiles += 1;
            return;
          }
          const profile = new StagedProfile();
          file.profiles.push(profile);
          await readProfile(json, profile, reject);
        });
      } else file.exporter = (await json.read(() => reader.readString())) ?? '';
    });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    reject(error.offset, error.message);
  }
  for (const profile of file.profiles) profile.dropImpossible(reject);
  if (file.furtherProfiles > 0) {
    reject(json.offset, `${file.furtherProfiles} profiles beyond the first ${MAX_PROFILES}`);
  }
  return file;
}

async function readProfile(
  json: JsonStream,
  profile: StagedProfile,
  reject: OnReject,
): Promise<void> {
  const { reader } = json;
  await json.eachKey(PROFILE, async (key) => {
    switch (key) {
      case 0:
        profile.type = (await json.read(() => reader.readString())) ?? '';
        break;
      case 1:
        profile.name = (await json.read(() => reader.readString())) ?? '';
        break;
      case 2:
        profile.unit = (await json.read(() => reader.readString())) ?? '';
        break;
      case 3:
        profile.startValue = await json.read(() => reader.readNumber());
        break;
      case 4:
        profile.endValue = await json.read(() => reader.readNumber());
        break;
      case 5:
        await json.eachElement(() => readEvent(reader, profile), reject);
        break;
      case 6:
        await json.eachElement(() => {
          profile.addSample(readNumbers(reader));
        }, reject);
        break;
      default:
        await json.eachElement(() => {
          const { offset } = reader;
          const weight = reader.readNumber();
          profile.addWeight(weight, offset);
        }, reject);
    }
  });
}

/** A frame; one without a name where it is none, so that the indexes behind it stay right. */
function readFrame(reader: JsonReader): Frame {
  const frame = { name: '', file: undefined as string | undefined, line: 0, column: 0 };
  if (!reader.enterObject()) {
    reader.skip();
    return frame;
  }
  for (let key = reader.nextKey(FRAME); key !== END_OF_OBJECT; key = reader.nextKey(FRAME)) {
    if (key === 0) frame.name = reader.readString() ?? '';
    else if (key === 1) frame.file = reader.readString() ?? undefined;
    else if (key === 2) frame.line = reader.readNumber();
    else if (key === 3) frame.column = reader.readNumber();
    else reader.skip();
  }
  return frame;
}

function readEvent(reader: JsonReader, profile: StagedProfile): void {
  const { offset } = reader;
  if (!reader.enterObject()) return;
  let type: string | null = null;
  let at = Number.NaN;
  let frame = Number.NaN;
  for (let key = reader.nextKey(EVENT); key !== END_OF_OBJECT; key = reader.nextKey(EVENT)) {
    if (key === 0) type = reader.readString();
    else if (key === 1) at = reader.readNumber();
    else if (key === 2) frame = reader.readNumber();
    else reader.skip();
  }
  if (type === 'O') profile.addEvent(OPEN, at, frame, offset);
  else if (type === 'C') profile.addEvent(CLOSE, at, frame, offset);
  else profile.badFrames += 1;
}
