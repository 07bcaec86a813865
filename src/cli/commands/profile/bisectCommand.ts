import { CancelledError, EarshotError } from '../../../pipeline/earshotError.ts';
import { singleLine } from '../../../pipeline/transcript/singleLine.ts';
import { changesOf, historyBetween, type History } from '../../../profiler/bisect/history.ts';
import {
  searchCommit,
  SEARCH_DEFAULTS,
  type SearchProgress,
} from '../../../profiler/bisect/searchCommit.ts';
import { fixedSizeRuns, stageValue } from '../../../profiler/bisect/stageValue.ts';
import { type Checkout, checkoutNotes, Checkouts } from '../../../profiler/gate/checkouts.ts';
import { type Commit, commitOf, openRepository } from '../../../profiler/gate/repository.ts';
import { GATE_PAIRS } from '../../../profiler/gate/runGate.ts';
import { ProfilerError } from '../../../profiler/model/profilerError.ts';
import { type BisectReport, bisectRecord, printBisect } from '../../bisectOutput.ts';
import { EXIT } from '../../exitCodes.ts';
import { type CommandFlags, type CommandRequest, commandRequest } from '../../commandRequest.ts';
import { countText } from '../../countText.ts';
import { commitLabel, SHORT_HASH } from '../../gateSides.ts';
import { commandEnvironment, keepRun, measuredRun } from '../../measuredRun.ts';
import { RunsProgress } from '../../runsProgress.ts';
import type { Session } from '../../session.ts';

export interface BisectFlags extends CommandFlags {
  readonly good: string;
  readonly bad: string;
  readonly firstParent?: boolean;
  /** A share: 0.05 for 5 %. */
  readonly threshold?: number;
  readonly max?: number;
  readonly metric?: string;
  readonly warmUp: number;
}

const EXIT_OF = { found: 0, same: 2, group: 2, open: 2, cancelled: EXIT.cancelled } as const;

/** `profile bisect -- COMMAND…`: the commit that made a command slower. */
export async function bisectCommand(
  session: Session,
  words: readonly string[],
  flags: BisectFlags,
): Promise<number> {
  if ((flags.stage?.length ?? 0) > 1) {
    throw new EarshotError('usage', 'Only one stage can be looked at.', 'Give --stage once.');
  }
  const request = commandRequest(words, flags, session.io.cwd);
  try {
    return await new BisectSession(session, request, flags).run();
  } catch (error) {
    if (session.cancellation.signal.aborted) throw new CancelledError('Cancelled.');
    throw error;
  }
}

class BisectSession {
  readonly #session: Session;
  readonly #request: CommandRequest;
  readonly #flags: BisectFlags;
  #warmUps = 0;
  #candidate: { checkout: Checkout; index: number } | null = null;

  constructor(session: Session, request: CommandRequest, flags: BisectFlags) {
    this.#session = session;
    this.#request = request;
    this.#flags = flags;
  }

  async run(): Promise<number> {
    const { output, cancellation } = this.#session;
    const { signal } = cancellation;
    const { cwd, setup, link } = this.#request;
    await this.#session.library();
    const repository = await openRepository({ cwd, signal });
    const good = await commitOf(this.#flags.good, repository, signal);
    const bad = await commitOf(this.#flags.bad, repository, signal);
    const firstParent = this.#flags.firstParent === true;
    const history = await historyBetween(good, bad, repository, firstParent, signal);
    const env = commandEnvironment(this.#session, this.#request);
    const options = { setup, link, env, signal };
    for (const note of checkoutNotes(repository, options)) output.info(note);
    output.info(`good ${singleLine(commitLabel(good))}\nbad  ${singleLine(commitLabel(bad))}`);
    output.info(`${countText(history.commits.length, 'commit')} to choose from`);
    const checkouts = await Checkouts.open(repository, options);
    try {
      const result = await this.#search(checkouts, history, good, bad);
      const suspects = result.suspects.map((index) => history.commits[index]).filter(isCommit);
      const [guilty] = suspects;
      const report: BisectReport = {
        result,
        good,
        bad,
        suspects,
        skipped: result.skipped.map((index) => history.commits[index]).filter(isCommit),
        changes:
          result.outcome === 'found' && guilty !== undefined
            ? await changesOf(guilty, repository, signal)
            : [],
        commits: history.commits.length,
        warmUps: this.#warmUps,
        fixedRuns: fixedSizeRuns(history.commits.length, GATE_PAIRS),
        stage: this.#flags.stage?.[0] ?? 'run',
        metric: this.#flags.metric ?? 'seconds',
      };
      const exitCode = EXIT_OF[result.outcome];
      printBisect(this.#session, report);
      output.record(bisectRecord(report, exitCode));
      return exitCode;
    } finally {
      await checkouts.close();
    }
  }

  async #search(checkouts: Checkouts, history: History, good: Commit, bad: Commit) {
    const { io, output, cancellation } = this.#session;
    const progress = new RunsProgress(io, output, cancellation);
    const { graph, commits } = history;
    const { threshold, max } = this.#flags;
    try {
      const ends = { good: await checkouts.add(good), bad: await checkouts.add(bad) };
      const endCommits = { good, bad };
      for (const which of ['good', 'bad'] as const) {
        progress.show(0, 2, [`warming up ${which}`]);
        await this.#warmUp(ends[which], endCommits[which]);
      }
      return await searchCommit(
        graph,
        {
          signal: cancellation.signal,
          end: (which) => this.#measure(ends[which], endCommits[which]),
          candidate: (index) => this.#runCandidate(checkouts, commits, index),
          onProgress: (at) => {
            const planned = fixedSizeRuns(commits.length, GATE_PAIRS);
            progress.show(at.runs, planned, progressTexts(at, commits));
          },
        },
        {
          ...SEARCH_DEFAULTS,
          ...(threshold === undefined ? {} : { threshold: 1 + threshold }),
          ...(max === undefined ? {} : { maxRuns: max }),
        },
      );
    } finally {
      progress.close();
    }
  }

  /** Null where the commit cannot be made ready, or the command fails in it. */
  async #runCandidate(
    checkouts: Checkouts,
    commits: readonly Commit[],
    index: number,
  ): Promise<number | null> {
    const commit = commits[index];
    if (commit === undefined) return null;
    try {
      if (this.#candidate?.index !== index) {
        const before = this.#candidate?.checkout;
        const checkout =
          before === undefined ? await checkouts.add(commit) : await checkouts.move(before, commit);
        this.#candidate = { checkout, index };
        await this.#warmUp(checkout, commit);
      }
      return await this.#measure(this.#candidate.checkout, commit);
    } catch (error) {
      const { output, cancellation } = this.#session;
      const failed = error instanceof ProfilerError && error.code === 'gate.command-failed';
      if (!failed || cancellation.signal.aborted) throw error;
      output.info(`Skipped ${singleLine(commitLabel(commit))}: ${error.message}`);
      return null;
    }
  }

  /** Fills caches of the system and of the language; what it takes says nothing of the commit. */
  async #warmUp(checkout: Checkout, commit: Commit): Promise<void> {
    for (let i = 0; i < this.#flags.warmUp; i += 1) {
      await this.#measure(checkout, commit);
      this.#warmUps += 1;
    }
  }

  async #measure({ folder }: Checkout, commit: Commit): Promise<number> {
    const short = commit.hash.slice(0, SHORT_HASH);
    const run = await measuredRun(this.#session, this.#request, folder, short);
    await keepRun(this.#session, run, `bisect:${this.#request.name}`, short);
    return stageValue(run, this.#flags.stage?.[0], this.#flags.metric);
  }
}

function isCommit(commit: Commit | undefined): commit is Commit {
  return commit !== undefined;
}

function progressTexts({ phase, candidate, belief }: SearchProgress, commits: readonly Commit[]) {
  if (phase === 'confirm') return ['is there a difference?'];
  const likeliest = belief.reduce((best, share, i) => (share > (belief[best] ?? 0) ? i : best), 0);
  const commit = commits[candidate ?? likeliest];
  const suspect = `${Math.round((belief[likeliest] ?? 0) * 100)} % ${commits[likeliest]?.hash.slice(0, SHORT_HASH) ?? ''}`;
  const what = candidate === null || commit === undefined ? 'anchor' : commitLabel(commit);
  return [singleLine(what), suspect];
}
