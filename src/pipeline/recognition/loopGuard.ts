import { deflateSync } from 'node:zlib';

/** A phrase of up to this many words that comes this often in a row is a loop, not speech. */
const LONGEST_PHRASE = 4;
const REPETITIONS = 4;
/** Text that deflates better than this repeats itself (the threshold of Whisper's own guard). */
const COMPRESSION_RATIO = 2.4;
/** Below this length the ratio says nothing. */
const SHORTEST_TEXT = 60;

/** Whether greedy decoding seems to have run in circles: "able to be able to be able to be able to be". */
export function isLoop(text: string): boolean {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .split(' ')
    .filter((word) => word !== '');
  for (let size = 1; size <= LONGEST_PHRASE; size++) {
    let run = 0;
    for (let i = size; i < words.length; i++) {
      run = words[i] === words[i - size] ? run + 1 : 0;
      if (run >= size * (REPETITIONS - 1)) return true;
    }
  }
  if (text.length < SHORTEST_TEXT) return false;
  return text.length / deflateSync(text).length > COMPRESSION_RATIO;
}
