import type { OpenStretch } from './watchedFile.ts';

/** A program that reads less than this of a file does not load it: it looks something up. */
const LOADED_SHARE = 0.5;
/** Where all stretches together read this share of all they could, each is a load. */
const ALL_SHARE = 0.9;

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
  const knownLoads = known.filter((stretch) => loads.has(stretch)).length;
  const files = known.reduce((sum, stretch) => sum + read(stretch), 0) / fileBytes;
  const byBytes = files >= ALL_SHARE * known.length ? known.length : Math.floor(files + 0.3);
  const missing = Math.min(byBytes, known.length) - knownLoads;
  if (missing <= 0) return { stretches: loads, guessed: false };
  const most = known.filter((stretch) => !loads.has(stretch)).sort((a, b) => read(b) - read(a));
  for (const stretch of most.slice(0, missing)) loads.add(stretch);
  return { stretches: loads, guessed: missing < most.length };
}
