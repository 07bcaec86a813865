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
  notJudged: 8,
  unsuitableNode: 70,
  notStartable: 126,
  noProgram: 127,
  cancelled: 130,
} as const;

export const EXIT_CODES_HELP = `Exit codes:
  0    done
  1    failed
  2    wrong usage, or a configuration that is not valid
  3    some of several sources, or of a playlist, failed; rows of an import were not read
  4    not found: no such video, run, model or file
  5    consent is needed, or a program (yt-dlp, ffmpeg) is missing
  6    the media cannot be used: damaged, empty, without audio
  7    storage: disk full, library of a newer version, damaged library or model
  8    profile gate, bisect, compare --exit-code: no verdict (command, git, file or wrong usage)
  70   this Node is too old, and the package's own is not there
  126  profile run: the program cannot be started
  127  profile run: there is no such program
  130  cancelled; run it again to go on
profile gate and compare --exit-code end with 0 (fine), 1 (slower) or 2 (inconclusive); profile
bisect with 0 (found) or 2 (no difference, or not one commit).
profile run ends with the exit code of the program (128 + n where signal n ended it).`;

/**
 * Exit codes by error code. A rule is a whole code, or `*` and how the last part of a code ends, or the first part of a
 * code; they are tried in that order.
 */
const RULES: ReadonlyMap<string, number> = new Map([
  ['cancelled', EXIT.cancelled],
  ['usage', EXIT.usage],
  ['model.missing', EXIT.storage],
  ['launch.not-found', EXIT.noProgram],
  ['launch.not-startable', EXIT.notStartable],
  ['run.ambiguous', EXIT.usage],
  ['log.invalid-pattern', EXIT.usage],
  ['import.not-found', EXIT.notFound],
  ['compare.no-runs', EXIT.notFound],
  ['source.changed', EXIT.failed],
  ['source.unreadable', EXIT.failed],
  ['ytdlp.not-startable', EXIT.missing],
  ['ytdlp.install-failed', EXIT.missing],
  ['ytdlp.no-js-runtime', EXIT.missing],
  ['ytdlp.formats-missing', EXIT.failed],
  ['ytdlp.unknown', EXIT.failed],
  ['*not-found', EXIT.notFound],
  ['*unknown', EXIT.notFound],
  ['*missing', EXIT.missing],
  ['*consent-refused', EXIT.missing],
  ['*disk-full', EXIT.storage],
  ['config', EXIT.usage],
  ['source', EXIT.usage],
  ['consent', EXIT.missing],
  ['tool', EXIT.missing],
  ['media', EXIT.badMedia],
  ['codec', EXIT.storage],
  ['disk', EXIT.storage],
  ['store', EXIT.storage],
  ['model', EXIT.storage],
]);

/** The exit code for the code of an `EarshotError`. */
export function exitCodeOf(errorCode: string): number {
  const [family = '', ...rest] = errorCode.split('.');
  const last = rest.at(-1);
  const words = last?.split('-') ?? [];
  const endings = words.map((_, index) => `*${words.slice(index).join('-')}`);
  const families = last === undefined ? [] : [family];
  for (const rule of [errorCode, ...endings, ...families]) {
    const exit = RULES.get(rule);
    if (exit !== undefined) return exit;
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

/** Codes that mean a verdict where a command judges: there a failure must end with another one. */
const VERDICT_CODES: readonly number[] = [0, 1, 2];

/** The exit code of a command that judges, and failed. */
export function notJudgedExit(exit: number): number {
  return VERDICT_CODES.includes(exit) ? EXIT.notJudged : exit;
}
