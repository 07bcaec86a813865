import { ProfilerError } from '../../model/profilerError.ts';
import type { TrackId } from '../../model/units.ts';
import type { ByteSource, ImportRun, ImportTarget, Importer, InputHead } from '../importer.ts';
import { JsonStream } from '../json/jsonStream.ts';
import { LateRejections } from '../stacks/lateRejections.ts';
import { FileFrames, addEvented, addSampled, addWeighted } from './addProfile.ts';
import { type SpeedscopeFile, readSpeedscope } from './readSpeedscope.ts';
import type { StagedProfile } from './stagedProfile.ts';

/** speedscope's own format, as speedscope, py-spy, pyinstrument and many more write it. */
export const speedscopeImporter: Importer = {
  format: 'speedscope',
  title: 'speedscope',
  detect,
  read,
};

const SCHEMA = /https?:\\?\/\\?\/www\.speedscope\.app\\?\/file-format-schema\.json/u;

function detect({ text }: InputHead): number {
  if (!/^\s*\{/u.test(text)) return 0;
  if (SCHEMA.test(text)) return 1;
  const hasProfiles = /"profiles"\s*:\s*\[/u.test(text);
  const hasFrames = /"shared"\s*:\s*\{\s*"frames"\s*:\s*\[/u.test(text);
  if (hasProfiles && /"type"\s*:\s*"(?:sampled|evented)"/u.test(text)) return 0.8;
  return hasFrames ? 0.6 : 0;
}

async function read(source: ByteSource, target: ImportTarget): Promise<void> {
  const rejections = new LateRejections();
  const json = new JsonStream(source.chunks(), { signal: target.signal });
  const files: SpeedscopeFile[] = [];
  await json.eachDocument(async () => {
    files.push(await readSpeedscope(json, rejections.reject));
  }, rejections.reject);
  const profiles = files.flatMap((file) => file.profiles.map((profile) => ({ file, profile })));
  if (!profiles.some(({ profile }) => !profile.isEmpty)) {
    const named = profiles.some(({ profile }) => profile.type !== '');
    if (!named) throw new ProfilerError('import.unreadable', `${source.name} holds no profile.`);
  }
  const filled = profiles.filter(({ profile }) => !profile.isEmpty);
  const timed = filled.length === 0 || filled.some(({ profile }) => profile.nsPerUnit !== null);
  const unit = timed ? null : weightUnitOf(filled[0]?.profile);
  const [client, version] = (files[0]?.exporter ?? '').split('@');
  const run = target.begin({
    epochNs: null,
    ...(unit === null ? {} : { weightUnit: unit }),
    ...(client === undefined || client === '' ? {} : { client }),
    ...(version === undefined ? {} : { clientVersion: version }),
  });
  rejections.handOver(run);
  new SpeedscopeImport(run, unit).add(profiles);
}

function weightUnitOf(profile: StagedProfile | undefined): string {
  return profile?.unit === 'bytes' ? 'bytes' : 'samples';
}

interface ProfileOfFile {
  readonly file: SpeedscopeFile;
  readonly profile: StagedProfile;
}

class SpeedscopeImport {
  readonly #run: ImportRun;
  readonly #unit: string | null;
  readonly #names = new Map<string, number>();
  readonly #frames = new Map<SpeedscopeFile, FileFrames>();

  constructor(run: ImportRun, unit: string | null) {
    this.#run = run;
    this.#unit = unit;
  }

  /**
   * Evented profiles share one clock, whose earliest value is time 0. Sampled ones do not: their writers leave idle
   * time out and begin each at 0, so several lie one behind the other, after the evented ones.
   */
  add(profiles: readonly ProfileOfFile[]): void {
    const fitting = profiles.filter(({ profile }, number) => this.#fits(profile, number));
    const evented = fitting.filter(({ profile }) => profile.isEvented);
    const sampled = fitting.filter(({ profile }) => !profile.isEvented);
    if (this.#unit !== null) {
      for (const of of fitting) {
        const { profile } = of;
        addWeighted(this.#run, this.#track(profile), profile, this.#framesOf(of), this.#reject(of));
      }
      return;
    }
    let endNs = 0;
    let zeroNs = Infinity;
    for (const { profile } of evented) zeroNs = Math.min(zeroNs, startNs(profile));
    for (const of of evented) {
      const { profile } = of;
      const clock = [zeroNs, profile.nsPerUnit ?? 1] as const;
      const frames = this.#framesOf(of);
      addEvented(this.#run, this.#track(profile), profile, frames, clock, this.#reject(of));
      endNs = Math.max(endNs, lastNs(profile) - zeroNs);
    }
    for (const of of sampled) {
      const { profile } = of;
      const track = this.#track(profile);
      const clock = [endNs, profile.nsPerUnit ?? 1] as const;
      if (fitting.length > 1) this.#tellOfClock(track, endNs);
      const frames = this.#framesOf(of);
      endNs = addSampled(this.#run, track, profile, frames, clock, this.#reject(of));
    }
  }

  /** Whether a profile can lie in this run: in time or not, and in its unit. */
  #fits(profile: StagedProfile, number: number): boolean {
    if (profile.isEmpty) {
      // Idle threads have a profile without samples.
      this.#track(profile);
      return false;
    }
    const fits =
      this.#unit === null
        ? profile.nsPerUnit !== null
        : profile.nsPerUnit === null && weightUnitOf(profile) === this.#unit;
    if (!fits) {
      const what = `profile ${number + 1} is in ${profile.unit === '' ? 'no unit' : profile.unit}`;
      this.#run.reject(null, `${what} and left out: another profile of the file is not`);
    }
    return fits;
  }

  #tellOfClock(track: TrackId, atNs: number): void {
    this.#run.builder.addInstant({
      kind: 'event',
      text: 'These samples share no clock with the other profiles of the file: they lie behind them',
      timeNs: atNs + this.#run.offsetNs,
      track,
    });
  }

  #framesOf({ file }: ProfileOfFile): FileFrames {
    const frames = this.#frames.get(file) ?? new FileFrames(file.frames, this.#run);
    this.#frames.set(file, frames);
    return frames;
  }

  #reject({ file, profile }: ProfileOfFile): (reason: string) => void {
    const name = profile.name === '' ? 'a profile' : `the profile ${profile.name.slice(0, 100)}`;
    const bad = profile.badFrames + unknownFrames(file, profile);
    const reject = (reason: string): void => {
      this.#run.reject(null, `${name}: ${reason}`);
    };
    if (bad > 0) reject(`${bad} frames or events that cannot be`);
    return reject;
  }

  #track(profile: StagedProfile): TrackId {
    const base = profile.name === '' ? 'thread' : profile.name;
    const number = (this.#names.get(base) ?? 0) + 1;
    this.#names.set(base, number);
    return this.#run.track(number === 1 ? base : `${base} (${number})`, 'thread');
  }
}

function unknownFrames({ frames }: SpeedscopeFile, profile: StagedProfile): number {
  let unknown = 0;
  for (let i = 0; i < profile.eventFrame.length; i += 1) {
    if (profile.eventFrame.get(i) >= frames.length) unknown += 1;
  }
  for (let node = 0; node < profile.tree.size; node += 1) {
    if (profile.tree.frameOf(node) >= frames.length) unknown += 1;
  }
  return unknown;
}

/** The earliest value of an evented profile, in nanoseconds. */
function startNs(profile: StagedProfile): number {
  const first = profile.eventAt.get(0);
  const start = profile.startValue <= first ? profile.startValue : first;
  return start * (profile.nsPerUnit ?? 1);
}

/** The latest value of an evented profile, in nanoseconds. */
function lastNs(profile: StagedProfile): number {
  let last = Number.isFinite(profile.endValue) ? profile.endValue : -Infinity;
  for (const at of profile.eventAt.view()) last = Math.max(last, at);
  return last * (profile.nsPerUnit ?? 1);
}
