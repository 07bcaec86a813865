import { type Command, Option } from 'commander';
import { bisectCommand, type BisectFlags } from '../../commands/profile/bisectCommand.ts';
import { parseCount, parseShare } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';
import { commandOptions, warmUpOption } from './commandOptions.ts';

const NOTES = `
Good and bad are run in turn until their difference is sure. Then every run of a commit between
them is weighed against both: one run is often enough, and more are spent only where it says
little. Good and bad are run again in between, so that a machine that drifts is noticed. A commit
in which the command fails is skipped. Your checkout is never touched: commits are checked out
into git worktrees, which are removed at the end.

Exit codes:
  0    the commit was found
  2    no difference between good and bad, or not one commit that could be told
  4    no such commit, no repository, or bad does not come after good
  8    no answer: the command failed in good or bad, git failed, or wrong usage
  127  there is no such program
  130  cancelled; what is known by then is shown`;

/** `profile bisect` */
export function addBisect(profile: Command, perform: Perform): void {
  const bisect = profile
    .command('bisect')
    .description('Find the commit that made a command slower.')
    .usage('--good <ref> [options] [NAME | -- <command...>]')
    .argument('[command...]', 'program and arguments, or the name of one in earshot.config.json')
    .requiredOption('--good <ref>', 'commit that was fast')
    .option('--bad <ref>', 'commit that is slow', 'HEAD')
    .option(
      '--metric <metric>',
      'what is measured: seconds (default), cpu-seconds where other work shares the machine, …',
    )
    .option('--first-parent', 'merges count as one change; their branches are not looked into')
    .addOption(
      new Option(
        '--threshold <percent>',
        'least difference of good and bad (default: 5%)',
      ).argParser(parseShare),
    )
    .addOption(
      new Option('-n, --max <runs>', 'most runs altogether (default: 200)').argParser(parseCount),
    );
  warmUpOption(bisect);
  commandOptions(bisect)
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ['profile bisect --good v1.0 --bad HEAD -- python3 job.py', ''],
        ['profile bisect --good v1.0 --stage embed -- ./job', 'which commit made embed slower'],
        ['profile bisect --good HEAD~50 --setup "npm ci" -- npm run job', ''],
      ),
    )
    .action((command: string[], flags: BisectFlags) =>
      perform((session) => bisectCommand(session, command, flags)),
    );
}
