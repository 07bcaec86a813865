/** Functions at which a thread waits, and at which it lets others go on, in Go's runtime and sync packages. */
const WAITS =
  /(?:\.(?:Lock|RLock|Wait)|^runtime\.(?:chanrecv\d?|chansend\d?|selectgo|block|lock2?))$/u;
const RELEASES = /(?:\.(?:Unlock|RUnlock)|^runtime\.(?:unlock2?|_LostContendedRuntimeLock))$/u;

/**
 * What the times of a profile of contentions mean. Go's two kinds look the same and mean the opposite: a mutex profile
 * blames the one that held the lock, a block profile the one that waited.
 *
 * @param leafWeights weight by name of the innermost function.
 */
export function contentionMeaning(leafWeights: ReadonlyMap<string, number>): string | null {
  let waiting = 0;
  let releasing = 0;
  for (const [name, weight] of leafWeights) {
    if (WAITS.test(name)) waiting += weight;
    else if (RELEASES.test(name)) releasing += weight;
  }
  if (waiting === 0 && releasing === 0) return null;
  return releasing > waiting
    ? 'time for which others waited until this stack let the lock go'
    : 'time for which this stack waited';
}
