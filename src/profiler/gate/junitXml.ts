import type { Verdict } from '../verdict/verdict.ts';
import { type GateReport, shownVerdicts, stopText } from './gateReport.ts';

/**
 * A gate as JUnit XML, which test reports of most build servers read: one test suite, one test case for each stage and
 * metric. Slower is a failure; what could not be decided is skipped, with the reason.
 */
export function junitXml(report: GateReport): string {
  const verdicts = shownVerdicts(report);
  const count = (of: (verdict: Verdict) => boolean): number => verdicts.filter(of).length;
  const suite = attributes({
    name: `earshot gate: ${report.name}`,
    tests: verdicts.length,
    failures: count(isFailure),
    errors: 0,
    skipped: count(isSkipped),
  });
  const properties = [
    ['command', report.command],
    ['baseline', report.a.label],
    ['now', report.b.label],
    ['verdict', report.outcome.verdict],
    ['runs', stopText(report.outcome)],
    ['machine', report.machine],
  ].map(([name = '', value = '']) => `      <property ${attributes({ name, value })}/>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite ${suite}>`,
    '    <properties>',
    ...properties,
    '    </properties>',
    ...verdicts.map((verdict) => testCase(verdict, report)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const isFailure = ({ verdict }: Verdict): boolean => verdict === 'slower';
const isSkipped = ({ verdict }: Verdict): boolean =>
  verdict === 'inconclusive' || verdict === 'withheld';

function testCase(verdict: Verdict, { name, locations }: GateReport): string {
  const { stage, metric, reason } = verdict;
  const source = locations.get(stage);
  const head = attributes({
    classname: `${name}.${stage}`,
    name: metric,
    ...(source === undefined ? {} : { file: source.file, line: source.line }),
    ...(metric === 'seconds' && typeof verdict.medians[1] === 'number'
      ? { time: verdict.medians[1] }
      : {}),
  });
  const body = isFailure(verdict)
    ? `<failure ${attributes({ message: reason, type: verdict.verdict })}>${escapeXml(reason)}</failure>`
    : isSkipped(verdict)
      ? `<skipped ${attributes({ message: `${verdict.verdict}: ${reason}` })}/>`
      : `<system-out>${escapeXml(`${verdict.verdict}: ${reason}`)}</system-out>`;
  return `    <testcase ${head}>${body}</testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(' ');
}

/** Text for XML 1.0, without the characters that it cannot hold at all; halves of a surrogate pair become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[^\t\n\r\u{20}-\u{7e}\u{85}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu,
      '',
    )
    .replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
