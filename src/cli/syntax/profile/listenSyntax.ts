import type { Command } from 'commander';
import { listen } from '../../commands/profile/listen.ts';
import type { Perform } from '../../perform.ts';
import { examples } from '../examples.ts';

/** `profile listen` */
export function addListen(profile: Command, perform: Perform): void {
  profile
    .command('listen')
    .description('Receive OpenTelemetry (OTLP/HTTP) until it is stopped.')
    .option('--port <port>', 'port (default: 4318, or the next one that is free)')
    .addHelpText('after', examples(['profile listen', ''], ['profile listen --port 4400', '']))
    .action(() => perform(listen));
}
