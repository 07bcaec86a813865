import type { LogLevel } from '../model/columns.ts';
import { levelOfLetter, levelOfSeverity, levelOfWord } from './logLevels.ts';
import { type TimeStamp, glogTime, timeStampAt } from './timeStamp.ts';

/** What stands in front of the message of a line. */
export interface LinePrefix {
  readonly time: TimeStamp | null;
  /** Where the time begins. */
  readonly timeAt: number;
  readonly level: LogLevel | null;
  readonly thread: string | null;
  readonly logger: string | null;
  /** Where the message begins. */
  readonly bodyAt: number;
}

interface State {
  at: number;
  time: TimeStamp | null;
  timeAt: number;
  level: LogLevel | null;
  thread: string | null;
  logger: string | null;
}

const GLOG = /([IWEFD])(\d\d)(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{6})\s+(\d+)\s+([\w./-]+:\d+)\]\s?/uy;
const SYSLOG_PRIORITY = /<(\d{1,3})>(?:1 )?/uy;
const UPTIME = /\[\s*(\d{1,9})\.(\d{1,9})\]\s?/uy;
const SYSLOG_HOST = /[\w.-]+ (?=[\w./@-]+(?:\[\d+\])?: |[\w./@()-]+ \d+ \S+ (?:-|\[))/uy;
const SYSLOG_TAG = /([\w./@()-]+)(?:\[(\d+)\])?: /uy;
const SYSLOG_5424 = /(\S+) (\S+) (\S+) (\S+) (?:-|\[[^\]]*\](?:\[[^\]]*\])*) ?/uy;
/** `10.0.0.1 - alice [`: what web servers write in front of the time. */
const CLIENT = /\S{1,100} \S{1,60} \S{1,60} (?=\[\d\d?\/[A-Z][a-z]{2}\/\d)/uy;
const CONTAINER = /(?:stdout|stderr) [FP] /uy;
const LEVEL =
  /[[(<|]?\s?(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE|NOTICE|CONFIG|FINE|FINER|FINEST|VERBOSE|TRC|DBG|INF|WRN|ERR|FTL|PANIC|EMERG|ALERT|CRIT|SUCCESS|LOG|trace|debug|info|warn|warning|error|fatal|notice|crit|Info|Warning|Error|Debug)\s?(?:[\])>|:]|(?=[\s/-]|$)):?/uy;
const BRACKETED = /\[\s{0,40}([^\]\s]{1,60}(?: [^\]\s]{1,30})?)\s{0,40}\]:?\s?/uy;
const SEPARATOR = /[\s|]+|[-–—:] |--- |[-–—](?=\s)/uy;
const LOGGER =
  /([A-Za-z_$][\w$-]*(?:(?:\.|::|\/)[\w$<>{}-]+)+)(?:\[\d+\])?(?::\d+)?(?:\s*:| -|\])\s?/uy;
const FUNCTION = /([\w.]+:[\w<>.]+:\d+) - /uy;
const LETTER = /([DWEFVT]|I(?= [A-Z[(\d])) (?=\S)/uy;
const BARE_THREAD = /(MainThread|Thread-\S+|[\w-]+-thread-\d+) /uy;
const CLOSED_LOGGER = /([\w:]+)\] /uy;
/** Celery: `[time: INFO/MainProcess] `. */
const SLASH_PROCESS = /\/([\w-]+)\] /uy;
const NAMED_BETWEEN = /([\w.$-]{1,60}) (?:-|\|) (?=[A-Z]{4,8}\b)/uy;
const ROOT_LOGGER = /([\w.-]{1,60}):(?=\S|\s)/uy;
/** Spring Boot: `[app] [           main] `. */
const APP_AND_THREAD = /\[[^\]]{0,80}\] +\[ {0,40}([^\]]{0,80})\] +/uy;
/** zap: the place in the source between tabs. */
const CALLER = /([\w./@-]{1,120}\.[a-z]{1,4}):\d{1,6}(?=\t)/uy;
const PID = /(?:pid[= ]?)?(\d{1,7})(?= |\])\s?/uy;
const THREAD =
  /(?:^(?:main|worker|thread|pool|executor|http|nio|tid|pid|fork|async|scheduler|task|goroutine|dramatiq|celery|sidekiq)\b|^\d+$|^[\w-]*[Tt]hread[\w-]*$|-\d+$|^MainThread$|^MainProcess$)/iu;

function match(pattern: RegExp, line: string, state: State): RegExpExecArray | null {
  pattern.lastIndex = state.at;
  return pattern.exec(line);
}

function take(pattern: RegExp, line: string, state: State): RegExpExecArray | null {
  const found = match(pattern, line, state);
  if (found !== null) state.at += found[0].length;
  return found;
}

/** Longest prefix, in characters. */
const MAX_PREFIX = 400;

/**
 * Reads what stands in front of a message: time, level, thread, logger, process, in any order, with or without brackets;
 * prefixes of containers, syslog, systemd and CI included. What is not clearly a prefix stays with the message.
 */
export function readPrefix(line: string): LinePrefix {
  const state: State = { at: 0, time: null, timeAt: -1, level: null, thread: null, logger: null };
  if (line.charCodeAt(0) === 0xfeff) state.at = 1;
  while (state.at < line.length && state.at < MAX_PREFIX && step(line, state));
  return { ...state, bodyAt: state.at };
}

function step(line: string, state: State): boolean {
  const started = state.time !== null || state.level !== null;
  const before = state.at;
  if (state.at > 0 || /^[\s|]/u.test(line)) take(SEPARATOR, line, state);
  if (readTime(line, state)) return true;
  if (readSyslog(line, state)) return true;
  if (state.level === null && readLevel(line, state)) return true;
  if (started && readName(line, state)) return true;
  return state.at > before;
}

/** Ruby's Logger: `I, [2026-06-02T13:05:09.120341 #4711]  INFO -- name: `. */
function readRuby(line: string, state: State): boolean {
  if (state.at > 0 || !/^[DIWEFA], \[\d/u.test(line)) return false;
  const time = timeStampAt(line, 4);
  if (time === null) return false;
  const behind = RUBY_REST.exec(line.slice(4 + time.length, 4 + time.length + 200));
  if (behind === null) return false;
  Object.assign(state, {
    time,
    timeAt: 4,
    at: 4 + time.length + behind[0].length,
    thread: behind[1] ?? null,
    level: levelOfWord(behind[2] ?? '') ?? null,
    logger: behind[3] === '' ? null : (behind[3] ?? null),
  });
  return true;
}

const RUBY_REST = /^ #(\d+)\] +([A-Z]+) -- ([^:]{0,80}): /u;

function readTime(line: string, state: State): boolean {
  if (readRuby(line, state)) return true;
  const glog = state.time === null ? match(GLOG, line, state) : null;
  if (glog !== null) {
    const parts = glogTime(glog);
    if (parts !== null) {
      Object.assign(state, {
        time: { ...parts, length: 0 },
        timeAt: state.at,
        at: state.at + glog[0].length,
        level: levelOfLetter(glog[1] ?? '') ?? null,
        thread: glog[8] ?? null,
        logger: glog[9] ?? null,
      });
      return true;
    }
  }
  const uptime = state.time === null ? match(UPTIME, line, state) : null;
  if (uptime !== null) {
    state.timeAt = state.at;
    state.at += uptime[0].length;
    const nanos = Number((uptime[2] ?? '').padEnd(9, '0'));
    state.time = { kind: 'uptime', seconds: Number(uptime[1]), nanos, length: uptime[0].length };
    return true;
  }
  const bracket = /[[(<"]/u.test(line[state.at] ?? '') ? 1 : 0;
  const stamp = timeStampAt(line, state.at + bracket);
  if (stamp === null) return false;
  const end = state.at + bracket + stamp.length;
  const closing = /^ ?[\])>"]/u.exec(line.slice(end, end + 2))?.[0].length ?? 0;
  if (bracket === 1 && closing === 0 && !/^:?\s+[A-Z]/u.test(line.slice(end, end + 20)))
    return false;
  // A message may begin with a second time: the program's own behind the one of a container or CI.
  if (state.time === null || (state.time.kind === 'dated') === (stamp.kind === 'dated')) {
    state.timeAt = state.at + bracket;
    state.time = stamp;
  }
  state.at = end + (bracket === 1 ? closing : 0);
  const mark = /^(?:[:,]\s|\s)/u.exec(line.slice(state.at, state.at + 2))?.[0].length ?? 0;
  state.at += mark;
  return true;
}

function readSyslog(line: string, state: State): boolean {
  if (take(CONTAINER, line, state) !== null) return true;
  if (state.at === 0 && take(CLIENT, line, state) !== null) return true;
  const priority = state.at === 0 ? take(SYSLOG_PRIORITY, line, state) : null;
  if (priority !== null) {
    state.level = levelOfSeverity(Number(priority[1]) & 7);
    return true;
  }
  if (state.time === null || state.logger !== null || state.thread !== null) return false;
  const { kind } = state.time;
  if (line.startsWith('<') && kind === 'dated' && take(SYSLOG_5424, line, state) !== null) {
    state.logger = 'syslog';
    return true;
  }
  const start = state.at;
  if (take(SYSLOG_HOST, line, state) === null) return false;
  const tag = take(SYSLOG_TAG, line, state);
  if (tag === null || (kind !== 'yearless' && tag[2] === undefined)) {
    state.at = start;
    return false;
  }
  state.logger = tag[1] ?? null;
  state.thread = tag[2] ?? null;
  return true;
}

function readLevel(line: string, state: State): boolean {
  const start = state.at;
  const found = take(LEVEL, line, state);
  if (found === null) {
    const letter = state.time === null ? null : take(LETTER, line, state);
    if (letter === null) return false;
    state.level = levelOfLetter(letter[1] ?? '') ?? null;
    return true;
  }
  const word = found[1] ?? '';
  const bare = /^\w/u.test(found[0]) && /\w$/u.test(found[0]);
  // Lower-case words begin sentences: they are levels only where a mark or a prefix says so.
  if (bare && word !== word.toUpperCase() && state.time === null) {
    state.at = start;
    return false;
  }
  state.level = levelOfWord(word) ?? null;
  if (found[0].endsWith(':') && !/^\s/u.test(line.slice(state.at))) {
    const root = take(ROOT_LOGGER, line, state);
    if (root !== null) state.logger = root[1] ?? null;
  }
  return true;
}

/** `[ingest.worker]` behind a level; `[v1.2]` is none. */
const DOTTED = /^[A-Za-z_]\w*(?:[.:/][A-Za-z_$][\w$]*)+$/u;

function readName(line: string, state: State): boolean {
  const start = state.at;
  const bracketed = take(BRACKETED, line, state);
  if (bracketed !== null) {
    const name = bracketed[1] ?? '';
    const level = state.level === null ? levelOfWord(name) : undefined;
    if (level !== undefined) state.level = level;
    else if (state.thread === null && THREAD.test(name)) state.thread = name;
    else if (
      state.logger === null &&
      (state.level === null ? /[.:/]|^[a-z_]+$/u.test(name) : DOTTED.test(name))
    )
      state.logger = name;
    else {
      state.at = start;
      return false;
    }
    return true;
  }
  if (state.logger === null) {
    const closed = line.startsWith('[') && state.level !== null;
    const logger =
      (state.level === null ? null : take(CALLER, line, state)) ??
      take(NAMED_BETWEEN, line, state) ??
      take(FUNCTION, line, state) ??
      take(LOGGER, line, state) ??
      (closed ? take(CLOSED_LOGGER, line, state) : null);
    if (logger !== null) {
      state.logger = logger[1] ?? null;
      return true;
    }
  }
  const bare =
    state.thread === null
      ? (take(BARE_THREAD, line, state) ?? take(SLASH_PROCESS, line, state))
      : null;
  if (bare !== null) {
    state.thread = bare[1] ?? null;
    return true;
  }
  if (state.thread === null && state.level !== null) {
    const pid = /^\d+ --- /u.test(line.slice(state.at, state.at + 16))
      ? take(PID, line, state)
      : null;
    if (pid !== null) {
      take(/--- /uy, line, state);
      const threads = take(APP_AND_THREAD, line, state);
      if (threads !== null) state.thread = threads[1] ?? null;
      return true;
    }
  }
  return false;
}
