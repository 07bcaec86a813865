import { Command } from 'commander';
import { EXIT_CODES_HELP } from './exitCodes.ts';
import type { CliIo } from './io.ts';
import type { Perform } from './perform.ts';
import { examples } from './syntax/examples.ts';
import { addIngestCommands } from './syntax/ingestSyntax.ts';
import { addLibraryCommands } from './syntax/librarySyntax.ts';
import { addMachineCommands } from './syntax/machineSyntax.ts';
import { addProfileCommands } from './syntax/profile/profileSyntax.ts';

const ENVIRONMENT_HELP = `Environment:
  EARSHOT_HOME     folder of the library, where --home does not name one
  EARSHOT_FFMPEG   path of ffmpeg
  EARSHOT_YT_DLP   path of yt-dlp
  EARSHOT_DEBUG=1  print the stack of an error`;

/** The syntax of the command line, with a help text and examples for every command. */
export function buildProgram(io: CliIo, perform: Perform): Command {
  const program = new Command('earshot')
    .description('Turns media into transcripts with speakers, on this machine.')
    .version(io.version)
    .option('--home <dir>', 'folder of the library (default: the data folder of the platform)')
    .option(
      '--json',
      'one JSON object a line on stdout, the last of type "result", "failed" or "cancelled"',
    )
    .option('-q, --quiet', 'no progress, only results, warnings and errors')
    .option('--no-color', 'no colours (also: the variable NO_COLOR)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(earshot --help says more)')
    .exitOverride();
  addIngestCommands(program, perform);
  addLibraryCommands(program, perform);
  addMachineCommands(program, perform);
  addProfileCommands(program, perform);
  return program
    .addHelpText('after', `\n${EXIT_CODES_HELP}`)
    .addHelpText('after', `\n${ENVIRONMENT_HELP}`)
    .addHelpText(
      'after',
      examples(
        ['ingest https://www.youtube.com/watch?v=ID', 'transcribe a video'],
        ['search "voice embedding"', 'find where something was said'],
        ['show ID --format vtt > talk.vtt', 'make subtitles'],
        ['profile run -- python3 job.py', 'see where the time of any program goes'],
      ),
    );
}
