import { type Command, Option } from 'commander';
import { gateCommand, type GateFlags } from '../../commands/profile/gateCommand.ts';
import { parseAlpha, parseCount, parseShare } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';
import { collect, commandOptions, warmUpOption } from './commandOptions.ts';

const NOTES = `
A is the baseline, checked out beside your checkout into a git worktree, which is removed at the
end. B is your working tree as it is, uncommitted changes included, or --head. Both are run in
turn (A B B A …) after a warm-up, 7 times each; where that decides nothing, up to 10 times.
Without --baseline it is where this branch left the main branch; on the main branch the last
commit if there are changes, else the one before. --setup and --link prepare checked-out commits
only; your working tree is run as you left it: build it first.

A regression: wall time of the run or of a stage got slower for sure, or a figure without noise got
worse (loads, items, coverage, spans). Fine: none did, and the run as a whole did not get slower by
the threshold. Inconclusive: the run may have. With --stage each named stage is held to that. CPU
time and memory are in --json; --metric lets them decide.
Every run is kept (series gate:NAME), so that the verdict can be computed again.

Exit codes:
  0    fine
  1    regression
  2    inconclusive: the runs could not decide
  4    no such commit, or no repository
  8    no verdict: the command failed, git failed, or wrong usage
  127  there is no such program
  130  cancelled; what was measured is kept and shown`;

/** `profile gate` */
export function addGate(profile: Command, perform: Perform): void {
  const gate = profile
    .command('gate')
    .description('Decide whether a command got slower than at another commit.')
    .usage('[options] [NAME | -- <command...>]')
    .argument('[command...]', 'program and arguments, or the name of one in earshot.config.json')
    .option('--baseline <ref>', 'commit, branch or tag to compare with')
    .option('--head <ref>', 'commit to judge, instead of the working tree')
    .addOption(
      new Option('-n, --runs <count>', 'runs of either side (default: 7)').argParser(parseRuns),
    )
    .addOption(
      new Option('--max <count>', 'runs where those decide nothing (default: 10)').argParser(
        parseRuns,
      ),
    )
    .addOption(
      new Option('--threshold <percent>', 'least change that matters (default: 10%)').argParser(
        parseShare,
      ),
    )
    .addOption(
      new Option('--alpha <chance>', 'chance of a false alarm (default: 1%)').argParser(parseAlpha),
    )
    .option(
      '--metric <metric>',
      'only this metric (may be repeated): seconds, cpu-seconds, …',
      collect,
    )
    .option('--summary <file>', 'Markdown for a pull request; auto: the summary of a GitHub step')
    .option('--junit <file>', 'JUnit XML, one test case a stage')
    .option('--sarif <file>', 'SARIF 2.1.0, with source lines where known');
  warmUpOption(gate);
  commandOptions(gate)
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ['profile gate -- python3 job.py', 'against where this branch began'],
        ['profile gate --baseline v1.2 --setup "npm ci" -- npm run job', ''],
        ['profile gate nightly --summary auto --junit gate.xml', 'a command of the project, in CI'],
        ['profile gate --stage embed --threshold 5% -- ./job', 'one stage, more strictly'],
      ),
    )
    .action((command: string[], flags: GateFlags) =>
      perform((session) => gateCommand(session, command, flags)),
    );
}

/** Fewer than three runs decide nothing. */
function parseRuns(text: string): number {
  return Math.max(3, parseCount(text));
}
