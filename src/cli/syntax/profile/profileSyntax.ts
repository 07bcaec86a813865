import type { Command } from 'commander';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';
import { addImport } from './importSyntax.ts';
import { addLog } from './logSyntax.ts';
import { addListen } from './listenSyntax.ts';
import { addRun } from './runSyntax.ts';
import { addList } from './listSyntax.ts';
import { addShow } from './showSyntax.ts';
import { addReport } from './reportSyntax.ts';
import { addRemove } from './removeSyntax.ts';
import { addCompare } from './compareSyntax.ts';
import { addAccept } from './acceptSyntax.ts';
import { addHistory } from './historySyntax.ts';
import { addGate } from './gateSyntax.ts';
import { addBisect } from './bisectSyntax.ts';
import { addDiff } from './diffSyntax.ts';

/** `profile …`: runs of any program, what they say, and whether they got slower. */
export function addProfileCommands(program: Command, perform: Perform): void {
  const profile = program
    .command('profile')
    .description('Profile any program: get its run in, see what is wrong, compare, gate.')
    .addHelpText(
      'after',
      examples(
        ['profile run -- python3 job.py', 'run a program and profile it'],
        ['profile log ingest.log', 'read a plain log'],
        ['profile report last --format issue', 'what is wrong, as a bug report'],
      ),
    );
  addImport(profile, perform);
  addLog(profile, perform);
  addListen(profile, perform);
  addRun(profile, perform);
  addList(profile, perform);
  addShow(profile, perform);
  addReport(profile, perform);
  addRemove(profile, perform);
  addCompare(profile, perform);
  addAccept(profile, perform);
  addHistory(profile, perform);
  addGate(profile, perform);
  addBisect(profile, perform);
  addDiff(profile, perform);
}
