import { Argument, type Command, Option } from 'commander';
import { STAGE_IDS } from '../../protocol/stage.ts';
import { ingest, type IngestFlags } from '../commands/ingest.ts';
import { rerun, type RerunFlags } from '../commands/rerun.ts';
import { parseName, parseSpeakers } from '../optionValues.ts';
import type { Perform } from '../perform.ts';
import { examples } from './examples.ts';

/** `ingest` and `rerun`. */
export function addIngestCommands(program: Command, perform: Perform): void {
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
