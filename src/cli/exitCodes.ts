/** How `earshot` ends; documented in its help and in the README. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  partly: 3,
  notFound: 4,
  missing: 5,
  badMedia: 6,
  storage: 7,
  unsuitableNode: 70,
  cancelled: 130,
} as const;

export const EXIT_CODES_HELP = `Exit codes:
  0    done
  1    failed
  2    wrong usage, or a configuration that is not valid
  3    some of several sources, or of a playlist, failed
  4    not found: no such video, run, model or file
  5    consent is needed, or a program (yt-dlp, ffmpeg) is missing
  6    the media cannot be used: damaged, empty, without audio
  7    storage: disk full, library of a newer version, damaged library or model
  70   this Node is too old, and the package's own is not there
  130  cancelled; run it again to go on`;

/**
 * Exit codes by error code; the longest rule that fits decides. A rule fits a code that is equal to it, or that goes
 * on behind it with a dot; `*` stands for any first part.
 */
const RULES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    cancelled: EXIT.cancelled,
    usage: EXIT.usage,
    config: EXIT.usage,
    request: EXIT.usage,
    source: EXIT.usage,
    '*.not-found': EXIT.notFound,
    '*.unknown': EXIT.notFound,
    consent: EXIT.missing,
    '*.missing': EXIT.missing,
    '*.consent': EXIT.missing,
    '*.no-consent': EXIT.missing,
    media: EXIT.badMedia,
    audio: EXIT.badMedia,
    disk: EXIT.storage,
    store: EXIT.storage,
    'model.missing': EXIT.storage,
    model: EXIT.storage,
    'models.missing': EXIT.storage,
    models: EXIT.storage,
  }),
);

/** The exit code for the code of an `EarshotError`. */
export function exitCodeOf(errorCode: string): number {
  const last = errorCode.slice(errorCode.lastIndexOf('.') + 1);
  const exact =
    RULES.get(errorCode) ?? (errorCode.includes('.') ? RULES.get(`*.${last}`) : undefined);
  if (exact !== undefined) return exact;
  const parts = errorCode.split('.');
  for (let length = parts.length - 1; length > 0; length -= 1) {
    const rule = RULES.get(parts.slice(0, length).join('.'));
    if (rule !== undefined) return rule;
  }
  return EXIT.failed;
}

/** The exit code for several sources together. */
export function overallExitCode(
  succeeded: number,
  errorCodes: readonly string[],
  cancelled: boolean,
): number {
  if (cancelled) return EXIT.cancelled;
  if (errorCodes.length === 0) return EXIT.ok;
  if (succeeded > 0) return EXIT.partly;
  const exits = new Set(errorCodes.map(exitCodeOf));
  const [only = EXIT.failed] = exits;
  return exits.size === 1 ? only : EXIT.failed;
}
