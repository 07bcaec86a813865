/** Endings of files that programs load, read and write. */
const EXTENSIONS =
  'wav|mp3|m4a|aac|flac|ogg|opus|webm|mp4|mkv|mov|avi|json|jsonl|ndjson|csv|tsv|txt|parquet|arrow|npy|npz|pt|pth|onnx|' +
  'bin|gguf|ggml|safetensors|ckpt|h5|pkl|pickle|db|sqlite|sqlite3|xml|yaml|yml|toml|ini|cfg|conf|zip|gz|tar|tgz|bz2|xz|' +
  'zst|7z|jar|war|dll|so|dylib|exe|png|jpg|jpeg|gif|svg|webp|pdf|html|css|md|log|dat|data|raw|pcm|vtt|srt|tflite|mlmodel|' +
  'proto|avro|orc|feather|lock|tmp|bak|iso|img|wasm|lmdb|index|idx|faiss|model|weights|vocab|tif|tiff|nc|las|gpx|wkt';
const SOURCE = 'py|js|ts|mjs|cjs|tsx|jsx|go|java|kt|rs|c|cc|cpp|h|hpp|rb|php|cs|swift|scala|sh|lua';

/** Endings by which a name is told to be a file's. */
export const FILE_ENDINGS: readonly string[] = `${EXTENSIONS}|${SOURCE}`.split('|');

const URL = /^[a-z][a-z\d+.-]{1,15}:\/\/[^\s]+$/iu;
const ROOTED = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/](?:[^\\/\s]|[\\/](?=[^\\/\s]))+[\\/]?$/u;
const FILE = new RegExp(`^[^\\s:*?"<>|]*[^\\s:*?"<>|./\\\\]\\.(?:${EXTENSIONS}|${SOURCE})$`, 'iu');
const SOURCE_LINE = new RegExp(`\\.(?:${SOURCE})(?::\\d+)+(?::in)?$`, 'iu');

/** Whether a word without spaces is a path, a URL or a file name. */
export function isPathLike(word: string): boolean {
  if (word.length < 3 || word.length > 1000) return false;
  if (URL.test(word) || SOURCE_LINE.test(word)) return true;
  if (FILE.test(word)) return !/^\d+(?:\.\d+)*\.[ch]$/iu.test(word);
  return ROOTED.test(word) && /\p{L}/u.test(word) && !/^\/\p{L}{1,6}$/u.test(word);
}

/** Whether a path is a place in source code (`worker.py:88`), no resource of the run. */
export function isSourcePlace(word: string): boolean {
  return SOURCE_LINE.test(word) || new RegExp(`\\.(?:${SOURCE})$`, 'iu').test(word);
}
