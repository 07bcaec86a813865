import { type Command, Option } from 'commander';
import { listen, type ListenFlags } from '../../commands/profile/listen.ts';
import { parseCount, parseDuration, parseName, parsePort } from '../../optionValues.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

const NOTES = `
Takes traces, logs and metrics as protobuf or JSON; a run is made of all that comes until the end.
It can be looked at meanwhile: earshot profile show last. Only programs of this machine can send,
unless --host says otherwise. With --json the first line is of type "listening" and tells the port.`;

/** `profile listen` */
export function addListen(profile: Command, perform: Perform): void {
  profile
    .command('listen')
    .description('Receive OpenTelemetry (OTLP/HTTP) until it is stopped.')
    .addOption(
      new Option(
        '--port <port>',
        'port; 0: any (default: 4318, or the next one that is free)',
      ).argParser(parsePort),
    )
    .option('--host <address>', 'address to listen on; 0.0.0.0: all (default: 127.0.0.1)')
    .addOption(
      new Option('--name <name>', 'name of the run (default: received)').argParser(parseName),
    )
    .addOption(
      new Option(
        '--series <name>',
        'history that the run belongs to (default: its name)',
      ).argParser(parseName),
    )
    .addOption(new Option('--for <time>', 'end after 30s, 5m, 1h').argParser(parseDuration))
    .addOption(
      new Option(
        '--idle <time>',
        'end when, after something came, nothing came for that long',
      ).argParser(parseDuration),
    )
    .addOption(
      new Option('--max-spans <n>', 'end when so many spans have come').argParser(parseCount),
    )
    .option('--allow-origin <origin>', 'let pages of an origin send, * those of any')
    .addHelpText('after', NOTES)
    .addHelpText(
      'after',
      examples(
        ['profile listen', ''],
        ['profile listen --port 4400 --for 10m', ''],
        ['profile listen --name nightly --idle 30s', 'ends by itself when the program has ended'],
        ['profile listen --allow-origin http://localhost:3000', 'from a page in the browser'],
      ),
    )
    .action((flags: ListenFlags) => perform((session) => listen(session, flags)));
}
