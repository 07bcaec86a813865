import type { OpenStretch } from './watchedFile.ts';

/** A program that reads less than this of a file does not load it: it looks something up. */
const LOADED_SHARE = 0.5;
/** Where all stretches together read this share of all they could, each is a load. */
const ALL_SHARE = 0.9;
/** Below this many stretches their sum says little; of more it is at least this share where they are loads. */
const FEW = 5;
const FEW_SHARE = 0.3;

/** Whether a stretch is a load, by what is known of it alone. */
export function isLoadByItself(
  { wrote, mapped, readBytes }: OpenStretch,
  fileBytes: number,
  briefReaders: boolean,
): boolean {
  if (wrote) return false;
  if (mapped || readBytes === null) return true;
  return (briefReaders ? readBytes.most : readBytes.least) >= LOADED_SHARE * fileBytes;
}

/**
 * Which stretches of a file were loads of it.
 *
 * News of openings and closings come a moment late, on a busy machine many at once: what one stretch read is then counted
 * for its neighbour. The sum is right nevertheless. So where the bytes are those of more loads than the stretches show by
 * themselves, those that read most are loads as well.
 *
 * @param briefReaders processes read the file that were gone before they were looked at: what they read is only known
 *   once their parent has waited for them.
 * @returns the loads; `guessed` where the sum does not tell which they are.
 */
export function wholeReads(
  stretches: readonly OpenStretch[],
  fileBytes: number,
  briefReaders: boolean,
): { readonly stretches: ReadonlySet<OpenStretch>; readonly guessed: boolean } {
  const byThemselves = stretches.filter((each) => isLoadByItself(each, fileBytes, briefReaders));
  const loads = new Set(byThemselves);
  const read = (stretch: OpenStretch): number =>
    (briefReaders ? stretch.readBytes?.most : stretch.readBytes?.least) ?? 0;
  const known = stretches.filter(
    ({ wrote, mapped, readBytes }) => !wrote && !mapped && readBytes !== null,
  );
  const files = known.reduce((sum, stretch) => sum + read(stretch), 0) / fileBytes;
  const doubtful = known.filter((stretch) => !loads.has(stretch));
  const knownLoads = known.length - doubtful.length;
  const byBytes = doubtful.every((stretch) => isPossible(stretch, fileBytes))
    ? // Nobody only looked into it, as far as is known; of several looks the sum would be small.
      known.length < FEW || files >= FEW_SHARE * known.length
      ? known.length
      : 0
    : files >= ALL_SHARE * known.length
      ? known.length
      : Math.floor(files + 0.3);
  const missing = Math.min(byBytes, known.length) - knownLoads;
  if (missing <= 0) return { stretches: loads, guessed: false };
  doubtful.sort((a, b) => read(b) - read(a));
  for (const stretch of doubtful.slice(0, missing)) loads.add(stretch);
  return { stretches: loads, guessed: missing < doubtful.length };
}

/** Whether a stretch may have been a load: as much as a load needs was read from before it began. */
function isPossible({ readBytes }: OpenStretch, fileBytes: number): boolean {
  return readBytes !== null && readBytes.most >= LOADED_SHARE * fileBytes;
}
