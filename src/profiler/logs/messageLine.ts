import type { LogLevel } from '../model/columns.ts';
import { readPrefix } from './linePrefix.ts';
import { levelOfWord } from './logLevels.ts';
import { readJsonLine, readLogfmtLine } from './structuredLine.ts';
import type { TimeStamp } from './timeStamp.ts';

/** A line taken apart into what stands around its message and the message. */
export interface MessageLine {
  readonly time: TimeStamp | null;
  /** Where the time stands in the line, or -1. */
  readonly timeAt: number;
  readonly level: LogLevel | null;
  readonly thread: string | null;
  /** What a person wrote: the message, or all fields of a structured line without one. */
  readonly message: string;
  /** Where the message stands in the line as it is, or -1 where it does not (escapes). */
  readonly messageAt: number;
  /** The message and the other fields as `key=value`. */
  readonly body: string;
}

const LEVEL_FIRST = /^(warning|error|fatal|critical|debug|trace|panic|info|notice)[:!] /iu;

/** Reads a line: JSON, logfmt or a prefix and text; JSON and logfmt may stand behind the prefix of a container. */
export function readMessage(text: string): MessageLine {
  const direct = text.startsWith('{') ? null : readPrefix(text);
  const bodyAt = direct?.bodyAt ?? 0;
  const rest = text.slice(bodyAt);
  const fields =
    rest.startsWith('{') && rest.trimEnd().endsWith('}')
      ? readJsonLine(rest)
      : readLogfmtLine(rest);
  const time = direct?.time ?? null;
  const timeAt = direct?.timeAt ?? -1;
  const level = direct?.level ?? null;
  const thread = direct?.thread ?? null;
  if (fields === null) {
    const message = rest.trim();
    const tail = jsonTail(message);
    if (tail !== null) {
      return {
        time: time ?? tail.time,
        timeAt,
        level,
        thread,
        message: tail.message,
        messageAt: bodyAt + (rest.length - rest.trimStart().length),
        body: `${tail.message} ${tail.fields}`.trim(),
      };
    }
    return {
      time,
      timeAt,
      level: level ?? levelOfWord(LEVEL_FIRST.exec(message)?.[1] ?? '') ?? null,
      thread,
      message,
      messageAt: bodyAt + (rest.length - rest.trimStart().length),
      body: message,
    };
  }
  // A container's JSON holds the line as the program wrote it, with a prefix of its own.
  const inner = readPrefix(fields.message);
  const nested = inner.bodyAt > 0 && (inner.time !== null || inner.level !== null);
  const message = (nested ? fields.message.slice(inner.bodyAt) : fields.message).trim();
  const shown = message === '' ? fields.fields : message;
  // A time of day in a field of a dated line is a figure (`time=00:05:10`), not the line's time.
  const own = time?.kind === 'dated' && fields.time?.kind !== 'dated' ? null : fields.time;
  return {
    time: own ?? time ?? inner.time,
    timeAt:
      own === null || fields.timeText === null ? timeAt : text.indexOf(fields.timeText, bodyAt),
    level: fields.level ?? level ?? (nested ? inner.level : null),
    thread: fields.thread ?? thread,
    message: shown,
    messageAt: text.indexOf(shown, bodyAt),
    body: message === '' ? fields.fields : `${message} ${fields.fields}`.trim(),
  };
}

/** A message with its fields as JSON behind it, as winston writes them. */
function jsonTail(
  message: string,
): { message: string; fields: string; time: TimeStamp | null } | null {
  // Monolog writes what it adds itself behind the fields.
  const end =
    message.endsWith(' []') || message.endsWith(' {}') ? message.length - 3 : message.length;
  if (message[end - 1] !== '}') return null;
  const at = message.search(/[ \t]\{"/u);
  const read = at > 0 ? readJsonLine(message.slice(at + 1, end)) : null;
  if (read === null) return null;
  const { fields, time } = read;
  return { message: message.slice(0, at).trim(), fields, time };
}
