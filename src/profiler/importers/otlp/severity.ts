import { LOG_LEVEL, type LogLevel } from '../../model/columns.ts';

/** The four severity numbers of each level, in order from 1 (logs.proto). */
const BY_NUMBER: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

const BY_TEXT: Readonly<Record<string, LogLevel>> = {
  warning: 'warn',
  err: 'error',
  critical: 'fatal',
  information: 'info',
  notice: 'info',
};

/** The level of a log record: by its severity number, else by its severity's text. */
export function levelOf(severity: number, text: string): keyof typeof LOG_LEVEL {
  if (severity >= 1 && severity <= 24) return BY_NUMBER[Math.floor((severity - 1) / 4)] ?? 'none';
  const word = text.toLowerCase();
  if (word !== 'none' && Object.hasOwn(LOG_LEVEL, word)) return word as LogLevel;
  return BY_TEXT[word] ?? 'none';
}
