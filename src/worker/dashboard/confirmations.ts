import type { ChangeVerdict } from '../../protocol/runMessages.ts';
import { WHOLE_RUN } from '../../profiler/verdict/metric.ts';
import type { Library } from '../../store/library.ts';
import type { RunChange } from './changeVerdicts.ts';

/**
 * What gates and comparisons decided of stored runs (tier 2), by run. A run that was judged several times has the newest
 * judgement.
 */
export function confirmations({ judgements }: Library): Map<string, RunChange> {
  const changes = new Map<string, RunChange>();
  for (const { origin, name, verdict, judgedRuns, marks, accepted } of judgements.of(() => true)) {
    // An accepted run is the level now, whatever was said of it.
    if (verdict === null || accepted) continue;
    const from = `${origin === 'gate' ? 'Gate' : 'Comparison'} “${name}”`;
    const decided = (word: ChangeVerdict['word'], text: string): ChangeVerdict => ({
      word,
      leans: null,
      tier: 2,
      text: `${from}: ${text}`,
    });
    const byStage = new Map<string, ChangeVerdict>();
    for (const mark of marks) {
      if (mark.verdict === null || mark.verdict.stage === WHOLE_RUN) continue;
      byStage.set(mark.verdict.stage, decided(mark.verdict.word, mark.verdict.reason));
    }
    for (const id of judgedRuns) {
      changes.set(id, { overall: decided(verdict.word, verdict.text), byStage });
    }
  }
  return changes;
}
