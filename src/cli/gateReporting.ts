import { loadavg } from 'node:os';
import type { Finding } from '../profiler/diagnosis/finding.ts';
import type { GateReport } from '../profiler/gate/gateReport.ts';
import type { GateOutcome } from '../profiler/gate/runGate.ts';
import type { Side } from '../profiler/gate/schedule.ts';
import { stageLocations } from '../profiler/gate/stageLocations.ts';
import { commandText } from '../profiler/launcher/commandText.ts';
import type { Run } from '../profiler/model/run.ts';
import type { CompareOptions } from '../profiler/verdict/compareOptions.ts';
import type { RunFacts } from '../profiler/verdict/compareRunSets.ts';
import { analyseForWorkspace } from '../runs/analyseStoredRun.ts';
import type { CommandRequest } from './commandRequest.ts';
import type { PreparedSide } from './gateSides.ts';
import type { Session } from './session.ts';

/** The stored runs of one side. */
export interface KeptRuns {
  readonly ids: string[];
  /** What they are compared by, in the same order. */
  readonly facts: RunFacts[];
  last: Run | null;
}

/** What a gate did, and came to. */
export interface FinishedGate {
  readonly request: CommandRequest;
  readonly compare: Partial<CompareOptions>;
  readonly outcome: GateOutcome;
  readonly sides: Readonly<Record<Side, PreparedSide>>;
  readonly runs: Readonly<Record<Side, KeptRuns>>;
  readonly notes: readonly string[];
}

/** All that the reports of a gate say, with what is wrong with the last run of B. */
export async function gateReport(session: Session, gate: FinishedGate): Promise<GateReport> {
  const { request, outcome, sides, runs, notes } = gate;
  const { last } = runs.b;
  let findings: readonly Finding[] = [];
  if (last !== null) {
    const options = { workspace: sides.b.cwd };
    findings = (await analyseForWorkspace(last, runs.a.last, options)).findings;
  }
  const side = (which: Side): GateReport['a'] => ({
    label: sides[which].label,
    runIds: runs[which].ids,
  });
  return {
    name: request.name,
    command: commandText(request.command),
    outcome,
    a: side('a'),
    b: side('b'),
    locations: last === null ? new Map() : stageLocations(last),
    findings,
    notes,
    machine: machineText(last),
    reproduce: [gateAgain(gate), compareAgain(gate)],
    version: session.io.version,
  };
}

function machineText(run: Run | null): string {
  const { cpu = null, cores = null, os = null, runtime = null } = run?.environment ?? {};
  const parts = [cpu, cores === null ? null : `${cores} cores`, os, runtime];
  const load = `load average ${loadavg()[0]?.toFixed(2) ?? 'unknown'}`;
  return [...parts.filter((part) => part !== null), load].join(', ');
}

function gateAgain({ request, sides: { a, b }, compare }: FinishedGate): string {
  return [
    `earshot profile gate --baseline ${a.commit.hash}`,
    ...(b.workingTree ? [] : [`--head ${b.commit.hash}`]),
    ...compareFlags(compare),
    `-- ${commandText(request.command)}`,
  ].join(' ');
}

/** What computes the same verdicts from the stored runs. */
function compareAgain({ outcome, runs, compare }: FinishedGate): string {
  const ids = (side: KeptRuns): string => side.ids.map((id) => id.slice(0, 8)).join(',');
  return [
    `earshot profile compare ${ids(runs.a)} ${ids(runs.b)}`,
    `--alpha ${outcome.alpha} --confidence ${outcome.confidence}`,
    ...compareFlags(compare),
  ].join(' ');
}

function compareFlags({ stages = [], metrics = [], threshold }: Partial<CompareOptions>): string[] {
  return [
    ...(threshold === undefined
      ? []
      : [`--threshold ${Number(((threshold - 1) * 100).toFixed(10))}%`]),
    ...stages.map((stage) => `--stage ${commandText([stage])}`),
    ...metrics.map((metric) => `--metric ${commandText([metric])}`),
  ];
}
