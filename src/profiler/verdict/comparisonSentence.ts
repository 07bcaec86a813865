import type { RunSetComparison } from './compareRunSets.ts';
import { formatNumber } from '../report/formatNumber.ts';
import { differenceText } from './compareEnvironments.ts';
import { changeText } from './confirmReason.ts';
import { WHOLE_RUN } from './metric.ts';
import type { Verdict } from './verdict.ts';

/** What a comparison came to, in one sentence. */
export function comparisonSentence(comparison: RunSetComparison): string {
  const { overall, verdicts, environment, lost } = comparison;
  if (verdicts.length === 0) return 'There is nothing that both sides measured.';
  const of = (word: Verdict['verdict']): Verdict[] =>
    verdicts.filter(({ verdict }) => verdict === word);
  switch (overall) {
    case 'slower':
      return `B is worse in ${named(of('slower'))}.`;
    case 'faster':
      return `B is better in ${named(of('faster'))}.`;
    case 'withheld':
      return `No verdict on times, as less was done: ${lost.map(({ stage, text }) => `${stage}: ${text}`).join('; ')}.`;
    case 'same':
      return 'B is like A as far as it matters.';
    case 'inconclusive': {
      const differences = differenceText(environment);
      const open = of('inconclusive').filter(({ tier }) => tier !== 0);
      const [only] = open;
      const notCompared = open.every(({ method }) => method === 'none');
      if (differences !== '' && notCompared) {
        return `Times were not compared, as the environments differ: ${differences}.`;
      }
      if (open.length === 1 && only !== undefined) return `${labelOf(only)}: ${only.reason}`;
      const whole = open.find(({ stage }) => stage === WHOLE_RUN) ?? only;
      const example = whole === undefined ? '' : ` ${labelOf(whole)}: ${whole.reason}`;
      return `${open.length} of ${verdicts.length} figures cannot be decided.${example}`;
    }
  }
}

function named(verdicts: readonly Verdict[]): string {
  const [first, second, third] = verdicts;
  const rest = verdicts.length - 3;
  const texts = [first, second, third].flatMap((each) =>
    each === undefined ? [] : [`${labelOf(each)} (${amount(each)})`],
  );
  return rest > 0 ? `${texts.join(', ')} and ${rest} more` : texts.join(', ');
}

function labelOf({ stage, metric }: Verdict): string {
  if (metric === 'seconds') return stage;
  return stage === WHOLE_RUN ? metric : `${stage} ${metric}`;
}

function amount({ tier, ratio, medians }: Verdict): string {
  return tier === 0 ? medians.map(text).join(' → ') : changeText(ratio);
}

function text(value: Verdict['medians'][0]): string {
  return typeof value === 'string' ? value : formatNumber(value);
}
