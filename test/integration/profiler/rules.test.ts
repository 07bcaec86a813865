import { beforeAll, describe, expect, it } from 'vitest';
import { allCases } from '../../bench/rules/cases.ts';
import { type CaseResult, type Score, scoreRules } from '../../bench/rules/score.ts';

/** What `npm run bench -- rules` prints, with a floor. */
describe('the diagnosis rules on runs with known faults', () => {
  let score: Score;
  beforeAll(async () => {
    score = await scoreRules(allCases());
  });

  const names = (results: readonly CaseResult[]): string[] =>
    results.map((each) => each.case.file.split('/').slice(-2).join('/'));

  it('are measured on at least 60 faulty and 40 clean runs', () => {
    expect(score.faulty).toBeGreaterThanOrEqual(60);
    expect(score.clean).toBeGreaterThanOrEqual(40);
  });

  it('find at least 93 % of the faults', () => {
    const missed = names(score.results.filter((each) => each.missed.length > 0));
    expect(score.recall, missed.join(', ')).toBeGreaterThanOrEqual(0.93);
  });

  it('are right in at least 97 % of what they say', () => {
    const alarms = names(score.results.filter((each) => each.falseAlarms.length > 0));
    expect(score.precision, alarms.join(', ')).toBeGreaterThanOrEqual(0.97);
  });

  it('name seconds that fixing the fault did save, within 10 % in most cases', () => {
    expect(score.measured).toBeGreaterThanOrEqual(40);
    expect(score.within10).toBeGreaterThanOrEqual(0.7);
  });
});
