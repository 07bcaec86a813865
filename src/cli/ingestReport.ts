import type { IngestResult } from '../protocol/ingest.ts';
import { clockTime } from '../pipeline/transcript/clockTime.ts';
import { singleLine } from '../pipeline/transcript/singleLine.ts';
import { toText } from '../pipeline/transcript/text.ts';
import { overallExitCode } from './exitCodes.ts';
import type { IngestTalk } from './ingestTalk.ts';
import type { Output } from './output.ts';
import { durationText, numberText } from './quantities.ts';
import { wrapWords } from './wrapWords.ts';

/** Prints what came out of some ingests, for a person; `--json` has had it all as events. Gives the exit code. */
export function reportIngests(output: Output, talks: readonly IngestTalk[]): number {
  const results = talks.flatMap((talk) => [...talk.results.values()]);
  const failures = talks.flatMap((talk) => talk.failures);
  if (!output.json) {
    const text = results.map(({ transcript }) => toText(transcript)).join('\n\n');
    const { columns } = output;
    if (columns === undefined) output.result(text);
    else if (text !== '') output.result(`\n${wrapWords(text, columns)}\n`);
    for (const result of results) output.info(summary(result) + findingLines(result));
    const several = results.length + failures.length > 1;
    for (const { error, source } of failures) {
      output.failure(error, several ? singleLine(source) : undefined);
    }
  }
  const codes = failures.map(({ error }) => error.code);
  const cancelled = talks.some((talk) => talk.cancelled);
  return overallExitCode(results.length, codes, cancelled);
}

function summary(result: IngestResult): string {
  const { transcript, ledger, id } = result;
  const audio = `${clockTime(transcript.durationSeconds)} of audio`;
  const took = result.cached
    ? 'was in the library already (--force does everything again)'
    : `took ${durationText(result.wallSeconds)}${rtfText(result.realTimeFactor)}`;
  const lines = [`${audio} ${took}.`];
  for (const [name, { buckets, total }] of Object.entries(ledger)) {
    const shares = buckets
      .filter(({ amount }) => amount > 0)
      .map(({ name: bucket, reason, percent }) => {
        const why = reason === undefined ? '' : ` (${reason})`;
        return `${bucket}${why} ${percent.toFixed(2)} %`;
      });
    if (total > 0 && shares.length > 0) lines.push(`  ${name}: ${shares.join(' · ')}`);
  }
  lines.push(`Show it again with: earshot show ${id}`);
  return lines.join('\n');
}

/** What is wrong with the run, the most important first; mere remarks are left to the report. */
function findingLines({ findings = [], runId }: IngestResult): string {
  const grave = findings.filter(({ severity }) => severity !== 'info');
  if (grave.length === 0) return '';
  const lines = grave.map(({ severity, title, wastedSeconds }) => {
    const cost = wastedSeconds === null ? '' : ` (${durationText(wastedSeconds)} lost)`;
    return `  ${severity}: ${singleLine(title)}${cost}`;
  });
  const all = `Why, where and what to do: earshot profile report ${runId}`;
  return ['', 'Findings:', ...lines, all].join('\n');
}

function rtfText(realTimeFactor: number | null): string {
  if (realTimeFactor === null || realTimeFactor <= 0) return '';
  const speed = `${numberText(1 / realTimeFactor)}× real time`;
  return `, ${speed} (RTF ${numberText(realTimeFactor)})`;
}
