import { CancelledError } from '../../../pipeline/earshotError.ts';
import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import { checkoutNotes, Checkouts } from '../../../profiler/gate/checkouts.ts';
import { openRepository } from '../../../profiler/gate/repository.ts';
import {
  GATE_MAX_PAIRS,
  GATE_PAIRS,
  type GateOutcome,
  runGate,
} from '../../../profiler/gate/runGate.ts';
import type { Side } from '../../../profiler/gate/schedule.ts';
import type { Run } from '../../../profiler/model/run.ts';
import type { CompareOptions } from '../../../profiler/verdict/compareOptions.ts';
import { runFacts } from '../../../profiler/verdict/compareRunSets.ts';
import { realFolder } from '../../../runs/judgements/workspaceRoot.ts';
import { type CommandFlags, type CommandRequest, commandRequest } from '../../commandRequest.ts';
import { EXIT } from '../../exitCodes.ts';
import { type GateFiles, gateRecord, printGate, writeGateFiles } from '../../gateOutput.ts';
import { gateReport, type KeptRuns } from '../../gateReporting.ts';
import { baselineCommit, type PreparedSide, prepareSides } from '../../gateSides.ts';
import { keepGateJudgement } from '../../judgedComparisons.ts';
import { commandEnvironment, keepRun, measuredRun } from '../../measuredRun.ts';
import { RunsProgress } from '../../runsProgress.ts';
import type { Session } from '../../session.ts';

export interface GateFlags extends CommandFlags, GateFiles {
  readonly baseline?: string;
  readonly head?: string;
  readonly runs?: number;
  readonly max?: number;
  readonly metric?: readonly string[];
  /** A share: 0.1 for 10 %. */
  readonly threshold?: number;
  readonly alpha?: number;
  readonly warmUp: number;
}

const EXIT_OF = { fine: 0, regression: 1, inconclusive: 2 } as const;

/** `profile gate -- COMMAND…`: whether a command got slower than at another commit; the exit code says it. */
export async function gateCommand(
  session: Session,
  words: readonly string[],
  flags: GateFlags,
): Promise<number> {
  const request = commandRequest(words, flags, session.io.cwd);
  try {
    return await new GateSession(session, request, flags).run();
  } catch (error) {
    if (session.cancellation.signal.aborted) throw new CancelledError('The gate was cancelled.');
    throw error;
  }
}

class GateSession {
  readonly #session: Session;
  readonly #request: CommandRequest;
  readonly #flags: GateFlags;
  readonly #runs: Readonly<Record<Side, KeptRuns>> = {
    a: { ids: [], facts: [], last: null },
    b: { ids: [], facts: [], last: null },
  };

  constructor(session: Session, request: CommandRequest, flags: GateFlags) {
    this.#session = session;
    this.#request = request;
    this.#flags = flags;
  }

  async run(): Promise<number> {
    const { output, cancellation } = this.#session;
    const { signal } = cancellation;
    const { cwd, setup, link, config } = this.#request;
    // Before the first run: a library that cannot be written would cost them all.
    const { judgements } = await this.#session.library();
    const repository = await openRepository({ cwd, signal });
    // Before all that takes long: a worker that starts now is not in the way of what is measured.
    judgements.announce(realFolder(repository.root));
    const reference = this.#flags.baseline ?? config.gate?.baseline;
    const baseline = await baselineCommit(repository, reference, signal);
    const options = {
      setup,
      link,
      env: commandEnvironment(this.#session, this.#request),
      signal,
      onSetUp: ({ subject }: { subject: string }) =>
        output.info(`Setting up: ${singleLine(subject)}`),
    };
    const notes = checkoutNotes(repository, options);
    if (this.#request.command.some((word) => word.startsWith(repository.root))) {
      notes.push(
        'The command names a path of the checkout in full, so both sides run that one: use relative paths.',
      );
    }
    const checkouts = await Checkouts.open(repository, options);
    try {
      const head = this.#flags.head;
      const sides = await prepareSides(checkouts, repository, baseline, head, cwd, signal);
      output.info(`A ${singleLine(sides.a.label)}\nB ${singleLine(sides.b.label)}`);
      for (const note of notes) output.info(singleLine(note));
      const outcome = await this.#decide(sides);
      const gate = {
        request: this.#request,
        compare: this.#compareOptions,
        outcome,
        sides,
        runs: this.#runs,
        notes,
      };
      const report = await gateReport(this.#session, gate);
      const exitCode = outcome.cancelled ? EXIT.cancelled : EXIT_OF[outcome.verdict];
      writeGateFiles(this.#session, report, this.#flags);
      printGate(this.#session, report);
      this.#session.output.record(gateRecord(report, exitCode));
      await keepGateJudgement(this.#session, gate, report, repository);
      return exitCode;
    } finally {
      await checkouts.close();
    }
  }

  async #decide(sides: Readonly<Record<Side, PreparedSide>>): Promise<GateOutcome> {
    const { io, output, cancellation } = this.#session;
    const { gate = {} } = this.#request.config;
    const progress = new RunsProgress(io, output, cancellation);
    try {
      for (let i = 0; i < this.#flags.warmUp; i += 1) {
        for (const side of ['a', 'b'] as const) {
          progress.show(0, 2 * this.#flags.warmUp, [`warming up ${sides[side].short}`]);
          await this.#measure(sides[side]);
        }
      }
      const pairs = this.#flags.runs ?? gate.runs ?? GATE_PAIRS;
      const maxPairs = this.#flags.max ?? gate.maxRuns ?? Math.max(GATE_MAX_PAIRS, pairs);
      return await runGate(
        {
          pairs: Math.min(pairs, maxPairs),
          maxPairs,
          compare: this.#compareOptions,
        },
        {
          signal: cancellation.signal,
          run: (side) => this.#keep(side, sides[side]),
          onProgress: ({ done, planned, next, ratio, verdict }) =>
            progress.show(done, planned, [
              next === null ? '' : `running ${sides[next].short}`,
              ratio === null ? '' : `B/A ${ratio.toFixed(3)} so far`,
              verdict ?? '',
            ]),
        },
      );
    } finally {
      progress.close();
    }
  }

  get #compareOptions(): Partial<CompareOptions> {
    const { gate = {} } = this.#request.config;
    const threshold = this.#flags.threshold ?? gate.threshold;
    const alpha = this.#flags.alpha ?? gate.alpha;
    return {
      stages: this.#flags.stage ?? gate.stages ?? [],
      metrics: this.#flags.metric ?? gate.metrics ?? [],
      ...(threshold === undefined ? {} : { threshold: 1 + threshold }),
      ...(alpha === undefined ? {} : { alpha }),
    };
  }

  #measure({ cwd, short }: PreparedSide): Promise<Run> {
    return measuredRun(this.#session, this.#request, cwd, short);
  }

  async #keep(side: Side, prepared: PreparedSide): Promise<Run> {
    const run = await this.#measure(prepared);
    await keepRun(this.#session, run, `gate:${this.#request.name}`, prepared.short);
    this.#runs[side].ids.push(run.id);
    this.#runs[side].facts.push(runFacts(run));
    this.#runs[side].last = run;
    return run;
  }
}
