import type { LogSummary, LogTemplate, Measurement } from '../../model/logSummary.ts';
import type { Run } from '../../model/run.ts';
import { NS_PER_SECOND, type Seconds } from '../../model/units.ts';
import { lineEvidence } from '../evidence.ts';
import { VOCABULARY } from '../vocabulary.ts';
import { says, wordsOf } from '../words.ts';
import { isLengthOfInput } from './inputLength.ts';
import type { Load } from './loads.ts';
import { type LogTimes, gapAfter, gapBefore } from './logLines.ts';
import type { Statements } from './statements.ts';
import { isConstantTask } from './templateShape.ts';
import { timesOfTemplate } from './templateLines.ts';

/** Least repeats of a template for its lines to be loads of the same thing. */
const REPEATS = 3;

interface Line {
  readonly resource: string;
  readonly named: boolean;
  readonly confidence: number;
  readonly measurement: Measurement;
}

/**
 * Loads that the lines of a log tell of: a line that says so and names a resource; a line that says so and is the same
 * each time; or a line that tells the length of the whole input again and again.
 */
export function logLoadsOf(run: Run, statements: Statements, times: LogTimes): Load[] {
  const { log } = run;
  if (log === null) return [];
  const lines = new Map<string, Line>();
  const stated = durationsByLine(log);
  for (const line of [...namedLines(log, stated), ...announcements(statements)]) {
    const { file, line: number } = line.measurement;
    const key = `${file}:${number}`;
    if (!lines.has(key)) lines.set(key, line);
  }
  const named = [...lines].map(([key, line]) => loadOf(log, line, stated.get(key) ?? null, times));
  const known = new Set([...lines.values()].map(({ measurement }) => measurement.template));
  return [...named, ...constantLoads(run, log, known, stated, times)];
}

function verbOf(template: LogTemplate | undefined): readonly string[] | null {
  if (template === undefined) return null;
  const words = wordsOf(template.text);
  const loads = says(words, VOCABULARY.load) || says(words, VOCABULARY.decode);
  return loads && !says(words, VOCABULARY.notLoaded) ? words : null;
}

/** Words of a line that say what it loads: those beside the resource, else those of the template. */
function wordsOfLine(
  log: LogSummary,
  { label, template }: Measurement,
  timed = false,
): readonly string[] | null {
  const words = wordsOf(label);
  if (says(words, VOCABULARY.notLoaded)) return null;
  const loads = says(words, VOCABULARY.load) || says(words, VOCABULARY.decode);
  const told = loads ? words : verbOf(log.templates[template]);
  // Without times only the clearest words say that something is brought in, or the time that it took.
  const sure = log.timed || timed || (told !== null && says(told, VOCABULARY.loadForSure));
  return sure ? told : null;
}

function namedLines(log: LogSummary, stated: ReadonlyMap<string, Measurement>): Line[] {
  // Of two names on a line the one beside words is what is loaded; the other may be the logger's.
  const byLabel = [...log.measurements].sort(
    (a, b) => Number(a.label === '') - Number(b.label === ''),
  );
  return byLabel.flatMap((measurement): Line[] => {
    const { kind, text, template } = measurement;
    if (kind !== 'resource' || text === null) return [];
    const shape = log.templates[template];
    const timed = stated.has(`${measurement.file}:${measurement.line}`);
    if (wordsOfLine(log, measurement, timed) === null || (shape?.count ?? 0) < REPEATS) return [];
    return [{ resource: text, named: true, confidence: 0.9, measurement }];
  });
}

/** A line that speaks of opening or reading tells of a load, though it decodes too. */
function isDecode(words: readonly string[]): boolean {
  return says(words, VOCABULARY.decode) && !says(words, BROUGHT_IN);
}

const BROUGHT_IN =
  /^(?:re)?(?:load(?:s|ed|ing)?|open(?:s|ed|ing)?|read(?:s|ing)?|fetch(?:es|ed|ing)?|lade|laden|lädt|geladen|lese|lesen|gelesen|öffne|geöffnet)$/u;

/** Templates that do the same to the same each time, where no line of them names it. */
function constantLoads(
  run: Run,
  log: LogSummary,
  known: ReadonlySet<number>,
  stated: ReadonlyMap<string, Measurement>,
  times: LogTimes,
): Load[] {
  return log.templates.flatMap((template, index): Load[] => {
    const words = verbOf(template);
    if (words === null || known.has(index)) return [];
    // Without a time that it takes only the clearest words say that something is brought in.
    if (!log.timed && !says(words, VOCABULARY.loadForSure)) return [];
    if (template.count < REPEATS || !isConstantTask(template)) return [];
    const lines = new Map<string, Measurement>();
    for (const each of log.measurements) {
      if (each.template === index) lines.set(`${each.file}:${each.line}`, each);
    }
    if (lines.size < template.count) return silentLoads(run, log, template, times);
    return [...lines].map(([key, measurement]) => {
      const line = { resource: template.text, named: false, confidence: 0.7, measurement };
      return loadOf(log, line, stated.get(key) ?? null, times);
    });
  });
}

/** Of lines without figures only the first and the last place are known. */
function silentLoads(run: Run, log: LogSummary, template: LogTemplate, times: LogTimes): Load[] {
  const words = wordsOf(template.text);
  const file = log.files[template.file];
  const starts = timesOfTemplate(run, template);
  return Array.from({ length: template.count }, (_, i): Load => {
    const at = starts.length === template.count ? (starts[i] ?? null) : null;
    const last = i === template.count - 1;
    return {
      resource: template.text,
      named: false,
      decode: isDecode(words),
      process: '',
      startSeconds: at,
      seconds: gapOf(words, at, times),
      span: null,
      evidence: {
        text: template.example,
        ...(file === undefined ? {} : { file }),
        ...(i === 0 ? { line: template.firstLine } : last ? { line: template.lastLine } : {}),
      },
      text: template.text,
      confidence: 0.7,
    };
  });
}

/** Announcements of the same long input: nothing but a new load has a reason to tell it again. */
const ANNOUNCEMENTS = 5;

function announcements(statements: Statements): Line[] {
  const byTemplate = new Map<number, Line[]>();
  for (const statement of statements.actuals) {
    if (!isLengthOfInput(statement)) continue;
    const { measurement, low } = statement;
    const lines = byTemplate.get(measurement.template) ?? [];
    lines.push({ resource: `input of ${low} s`, named: false, confidence: 0.6, measurement });
    byTemplate.set(measurement.template, lines);
  }
  return [...byTemplate.values()]
    .filter((lines) => lines.length >= ANNOUNCEMENTS)
    .filter((lines) => new Set(lines.map(({ resource }) => resource)).size === 1)
    .flat();
}

function durationsByLine(log: LogSummary): Map<string, Measurement> {
  const found = new Map<string, Measurement>();
  for (const measurement of log.measurements) {
    if (measurement.kind !== 'duration' || measurement.role !== 'actual') continue;
    if (says(wordsOf(measurement.label), VOCABULARY.input) && !isTimeOfWork(measurement)) continue;
    found.set(`${measurement.file}:${measurement.line}`, measurement);
  }
  return found;
}

/** `in 3.4 s`, `took 3.4 s`, `(3.4 s)`: a time of work, whatever else the line speaks of. */
function isTimeOfWork({ label, quote }: Measurement): boolean {
  return (
    says(wordsOf(label), /^(?:in|took|after|elapsed|nach|dauerte|load\w*|decod\w*|read\w*)$/u) ||
    /\b(?:in|took|after|nach|elapsed|dauer)\s*[=:]?\s*[\d.,]+\s*(?:ms|s|sec|min)/iu.test(quote)
  );
}

function loadOf(
  log: LogSummary,
  { resource, named, confidence, measurement }: Line,
  stated: Measurement | null,
  times: LogTimes,
): Load {
  const template = log.templates[measurement.template];
  const words = wordsOfLine(log, measurement) ?? wordsOf(template?.text ?? '');
  const at = measurement.timeNs === null ? null : measurement.timeNs / NS_PER_SECOND;
  return {
    resource,
    named,
    decode: isDecode(words),
    process: '',
    startSeconds: at,
    seconds: stated?.value ?? gapOf(words, at, times),
    span: null,
    evidence: lineEvidence(log, measurement),
    text: template?.text ?? measurement.quote,
    confidence,
  };
}

/** Where no line says how long it took: until the next line, or since the last one where the line says that it is done. */
function gapOf(words: readonly string[], at: Seconds | null, times: LogTimes): Seconds | null {
  if (at === null) return null;
  return says(words, VOCABULARY.done) ? gapBefore(times, at) : gapAfter(times, at);
}
