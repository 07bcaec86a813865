import { Argument, Command, Option } from 'commander';
import { RunFormat, TranscriptFormat } from '../protocol/library.ts';
import { STAGE_IDS } from '../protocol/stage.ts';
import { doctor } from './commands/doctor.ts';
import { ingest, type IngestFlags } from './commands/ingest.ts';
import { list } from './commands/list.ts';
import { getModel, listModels } from './commands/models.ts';
import { remove } from './commands/remove.ts';
import { report } from './commands/report.ts';
import { rerun, type RerunFlags } from './commands/rerun.ts';
import { search } from './commands/search.ts';
import { show } from './commands/show.ts';
import { targets } from './commands/targets.ts';
import { EXIT_CODES_HELP } from './exitCodes.ts';
import type { CliIo } from './io.ts';
import { parseCount, parseName, parseSpeakers } from './optionValues.ts';
import type { Session } from './session.ts';

/** Carries a command out in a session that the caller opens and closes. */
export type Perform = (command: (session: Session) => Promise<number>) => Promise<void>;

/** The syntax of the command line, with a help text and examples for every command. */
export function buildProgram(io: CliIo, perform: Perform): Command {
  const program = new Command('earshot')
    .description('Turns media into transcripts with speakers, on this machine.')
    .version(io.version)
    .option('--home <dir>', 'folder of the library (default: the data folder of the platform)')
    .option('--json', 'one JSON object a line on stdout, the last of type "result"')
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
  return program
    .addHelpText('after', `\n${EXIT_CODES_HELP}`)
    .addHelpText(
      'after',
      examples(
        ['ingest https://www.youtube.com/watch?v=ID', 'transcribe a video'],
        ['search "voice embedding"', 'find where something was said'],
        ['show ID --format vtt > talk.vtt', 'make subtitles'],
      ),
    );
}

function addIngestCommands(program: Command, perform: Perform): void {
  program
    .command('ingest')
    .description('Make transcripts with speakers of URLs or files.')
    .addArgument(
      new Argument('<source...>', 'YouTube or media URLs, or files').argParser(collectSources),
    )
    .option('--force', 'do everything again, whatever is there')
    .option('--playlist', 'ingest each entry of a playlist')
    .addOption(speakersOption())
    .addOption(modelOption())
    .option('-y, --yes', 'consent to installing the managed yt-dlp')
    .addHelpText(
      'after',
      examples(
        ['ingest talk.mp3 interview.mkv', 'two files'],
        ['ingest --speakers 2..4 https://youtu.be/ID', 'between two and four speakers'],
        ['ingest --playlist --yes URL', 'a whole playlist, from a script'],
        ['ingest --json talk.mp3 | tail -n 1', 'the result for another program'],
        ['ingest -- -strange-name.wav', 'a name that begins with a dash'],
      ),
    )
    .action((sources: string[], flags: IngestFlags) =>
      perform((session) => ingest(session, sources, flags)),
    );
  program
    .command('rerun')
    .description('Repeat stages of a video of the library.')
    .argument('<id>', 'id of the video, as list shows it')
    .addOption(stageOption('--from <stage>', 'this stage and all after it').conflicts('only'))
    .addOption(stageOption('--only <stage>', 'this stage alone'))
    .addOption(speakersOption())
    .addOption(modelOption())
    .option('-y, --yes', 'consent to what would be asked for')
    .addHelpText(
      'after',
      examples(
        ['rerun ID --from recognise', 'recognise the speech again'],
        ['rerun ID --only diarise --speakers 3', 'tell three speakers apart'],
      ),
    )
    .action((id: string, flags: RerunFlags) => perform((session) => rerun(session, id, flags)));
}

function addLibraryCommands(program: Command, perform: Perform): void {
  program
    .command('list')
    .description('List the videos of the library.')
    .addHelpText('after', examples(['list', ''], ['list --json', 'for another program']))
    .action(() => perform(list));
  program
    .command('show')
    .description('Print a transcript.')
    .argument('<id>', 'id of the video, as list shows it')
    .addOption(
      new Option('-f, --format <format>', 'format (default: md)').choices(TranscriptFormat.options),
    )
    .addHelpText(
      'after',
      examples(['show ID', ''], ['show ID --format srt > talk.srt', 'make subtitles']),
    )
    .action((id: string, flags: { format?: TranscriptFormat }) =>
      perform((session) => show(session, id, flags)),
    );
  program
    .command('search')
    .description('Find where something was said.')
    .argument('<text...>', 'words to look for')
    .option('--semantic', 'search by meaning instead of by words')
    .option('-n, --limit <count>', 'at most so many places', parseCount, 20)
    .addHelpText(
      'after',
      examples(
        ['search speaker diarisation', ''],
        ['search --semantic "why is it slow"', 'by meaning'],
      ),
    )
    .action((words: string[], flags: { semantic?: boolean; limit: number }) =>
      perform((session) => search(session, words.join(' '), flags)),
    );
  program
    .command('remove')
    .description('Remove a video with all that was made from it; a source file stays.')
    .argument('<id>', 'id of the video, as list shows it')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', examples(['remove ID', ''], ['remove ID --yes', 'without a question']))
    .action((id: string, flags: { yes?: boolean }) =>
      perform((session) => remove(session, id, flags)),
    );
  program
    .command('report')
    .description('Show or export the recorded run of a video.')
    .argument('<id>', 'id of the video or of the run')
    .addOption(
      new Option('-f, --format <format>', 'format').choices(RunFormat.options).default('md'),
    )
    .option('-o, --output <file>', 'write to a file', parseName)
    .addHelpText(
      'after',
      examples(
        ['report ID', 'the stage table'],
        ['report ID --format otlp -o run.json', 'for an OpenTelemetry collector'],
        ['report ID --format chrome -o run.trace.json', 'for a trace viewer'],
      ),
    )
    .action((id: string, flags: { format: RunFormat; output?: string }) =>
      perform((session) => report(session, id, flags)),
    );
}

function addMachineCommands(program: Command, perform: Perform): void {
  const models = program
    .command('models')
    .description('List the models with licence and credit, or get another.')
    .addHelpText('after', examples(['models list', ''], ['models get NAME', 'download and check']));
  models
    .command('list')
    .description('List the models with licence and credit.')
    .addHelpText('after', examples(['models list', '']))
    .action(() => perform(listModels));
  models
    .command('get')
    .description('Download an optional model and check it.')
    .argument('<name>', 'name of the model, as models list shows it')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', examples(['models get NAME', '']))
    .action((name: string, flags: { yes?: boolean }) =>
      perform((session) => getModel(session, name, flags)),
    );
  program
    .command('doctor')
    .description('Check what Earshot needs, and say what to do.')
    .addHelpText('after', examples(['doctor', ''], ['doctor --json', 'for another program']))
    .action(() => perform(doctor));
  program
    .command('targets')
    .description('Show the limits that runs are held to, and where each comes from.')
    .addHelpText('after', examples(['targets', '']))
    .action(() => perform(targets));
}

function collectSources(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), parseName(value)];
}

function speakersOption(): Option {
  const text = 'how many speakers there are: N, or MIN..MAX (default: found out)';
  return new Option('--speakers <count>', text).argParser(parseSpeakers);
}

function modelOption(): Option {
  const text = 'model that recognises the speech, as models list names it';
  return new Option('--model <name>', text).argParser(parseName);
}

function stageOption(flags: string, text: string): Option {
  return new Option(flags, text).choices(STAGE_IDS);
}

function examples(...lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const texts = lines.map(([command, what]) =>
    `  earshot ${command.padEnd(width)}  ${what}`.trimEnd(),
  );
  return `\nExamples:\n${texts.join('\n')}`;
}
