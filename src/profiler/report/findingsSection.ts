import type { Finding } from '../diagnosis/finding.ts';
import { formatSeconds, formatShare } from './formatNumber.ts';
import { codeSpan, escapeCell } from './markdownTable.ts';

/** The findings of a run as a section of its report; empty without findings. */
export function findingsSection(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  return `## Findings\n\n${findings.map(findingText).join('\n\n')}`;
}

function findingText(finding: Finding, index: number): string {
  const { title, kind, severity, wastedSeconds, share, location } = finding;
  const cost =
    wastedSeconds === null
      ? ''
      : ` · ${formatSeconds(wastedSeconds)} lost${share === null ? '' : ` (${formatShare(share)})`}`;
  const place = location === null ? '' : ` · ${codeSpan(`${location.file}:${location.line}`)}`;
  return [
    `${index + 1}. **${escapeCell(title)}** (${kind}, ${severity}${cost})${place}`,
    `   - Expected: ${escapeCell(finding.expected)}`,
    `   - Actual: ${escapeCell(finding.actual)}`,
    `   - Fix: ${escapeCell(finding.fix)}`,
  ].join('\n');
}
