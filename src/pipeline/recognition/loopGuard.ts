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
  if (findLoop(wordsOf(text).map(plainWord)) !== null) return true;
  if (text.length < SHORTEST_TEXT) return false;
  return text.length / deflateSync(text).length > COMPRESSION_RATIO;
}

/** The text with every phrase that runs in circles said once: what was heard before the loop began is worth keeping. */
export function withoutLoops(text: string): string {
  const words = wordsOf(text);
  for (;;) {
    const loop = findLoop(words.map(plainWord));
    if (loop === null) return words.join(' ');
    words.splice(loop.first + loop.size, loop.size * (loop.times - 1));
  }
}

/** The first phrase that comes too often in a row. */
function findLoop(words: readonly string[]): { first: number; size: number; times: number } | null {
  for (let size = 1; size <= LONGEST_PHRASE; size++) {
    let equal = 0;
    for (let i = size; i <= words.length; i++) {
      const same = i < words.length && words[i] === words[i - size];
      if (same) equal += 1;
      else {
        if (equal >= size * (REPETITIONS - 1)) {
          return { first: i - equal - size, size, times: Math.floor(equal / size) + 1 };
        }
        equal = 0;
      }
    }
  }
  return null;
}

/** Words, each with the signs that stand alone behind it. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const word of text.split(' ')) {
    const last = words.length - 1;
    if (last >= 0 && plainWord(word) === '') words[last] = `${words[last] ?? ''} ${word}`;
    else words.push(word);
  }
  return words;
}

function plainWord(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}']+/gu, '');
}
