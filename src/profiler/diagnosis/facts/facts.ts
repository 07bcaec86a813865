import type { Run } from '../../model/run.ts';
import type { Seconds } from '../../model/units.ts';
import { type CoverageStatement, coverageStatementsOf } from './coverageStatements.ts';
import { isCallTrace } from './callTrace.ts';
import { type InputLength, inputLengthOf } from './inputLength.ts';
import { type Load, loadsOf } from './loads.ts';
import { withoutBrokenActuals } from './judgedTargets.ts';
import { type LogTimes, logTimesOf } from './logLines.ts';
import { runSecondsOf } from './runSeconds.ts';
import { type SpanGroup, spanGroupsOf } from './spanGroups.ts';
import { type SpanNames, spanNamesOf } from './spanNames.ts';
import { type SpanNotes, spanNotesOf } from './spanNotes.ts';
import { type Statements, statementsOf } from './statements.ts';

/** What the rules know of a run, derived from it once. */
export interface Facts {
  readonly run: Run;
  /** Length of the run by its own clock; null where it has none. */
  readonly seconds: Seconds | null;
  /** Whether the spans are samples or calls of functions instead of operations. */
  readonly callTrace: boolean;
  readonly names: SpanNames;
  readonly notes: SpanNotes;
  readonly groups: readonly SpanGroup[];
  readonly statements: Statements;
  readonly logTimes: LogTimes;
  readonly inputLength: InputLength | null;
  readonly loads: readonly Load[];
  readonly coverage: readonly CoverageStatement[];
}

export function factsOf(run: Run): Facts {
  const names = spanNamesOf(run);
  const notes = spanNotesOf(run);
  const callTrace = isCallTrace(run, notes);
  const statements = statementsOf(run.log);
  const logTimes = logTimesOf(run);
  const groups = spanGroupsOf(run, names);
  const facts: Facts = {
    run,
    seconds: runSecondsOf(run, statements),
    callTrace,
    names,
    notes,
    groups,
    statements,
    logTimes,
    inputLength: inputLengthOf(run, notes, statements),
    loads: callTrace ? [] : loadsOf(run, names, notes, statements, logTimes),
    coverage: coverageStatementsOf(run, notes, statements),
  };
  return { ...facts, statements: withoutBrokenActuals(facts) };
}
