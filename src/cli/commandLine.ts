import { CommanderError } from 'commander';
import { Cancellation } from './cancellation.ts';
import { errorReport } from './errorReport.ts';
import { EXIT, exitCodeOf, notJudgedExit } from './exitCodes.ts';
import type { GlobalOptions } from './globalOptions.ts';
import type { CliIo } from './io.ts';
import { Output } from './output.ts';
import { buildProgram } from './program.ts';
import { type CreateEarshot, Session } from './session.ts';

/**
 * Carries out one command line and gives the exit code; never throws.
 *
 * @param argv what stands behind the program's name.
 */
export async function main(
  argv: readonly string[],
  io: CliIo,
  createEarshot: CreateEarshot,
): Promise<number> {
  const cancellation = new Cancellation(io);
  let exitCode: number = EXIT.ok;
  const program = buildProgram(io, async (command) => {
    const options: GlobalOptions = program.opts();
    const output = new Output(io, options);
    const session = new Session(io, output, cancellation, options, createEarshot);
    try {
      exitCode = await command(session);
      await session.close();
    } catch (error) {
      exitCode = judged(argv, reportFailure(output, error));
      // What went wrong first is what the person has to know; closing only tidies up after it.
      await session.close().catch(output.debug);
    }
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    const json = argv.includes('--json');
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      // What commander throws when it has printed the help says nothing.
      const helped = error.code === 'commander.help';
      const message = helped ? 'There is no command.' : error.message.replace(/^error: /, '');
      const action = 'Read earshot --help.';
      const report = { type: 'failed', error: { code: 'usage', message, action } };
      if (json) io.stdout.write(`${JSON.stringify(report)}\n`);
      return judged(argv, EXIT.usage);
    }
    return reportFailure(new Output(io, { json }), error);
  } finally {
    cancellation.dispose();
  }
}

/** Failures of commands whose exit code is a verdict end with another code. */
function judged(argv: readonly string[], exit: number): number {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const verbs = ['gate', 'bisect', ...(own.includes('--exit-code') ? ['compare'] : [])];
  const judges = own.includes('profile') && verbs.some((verb) => own.includes(verb));
  return judges ? notJudgedExit(exit) : exit;
}

/** Prints what was thrown, and gives the exit code for it. */
function reportFailure(output: Output, error: unknown): number {
  const report = errorReport(error);
  if (report.code === 'cancelled') {
    output.record({ type: 'cancelled' });
    output.info('Cancelled.');
  } else {
    output.record({ type: 'failed', error: report });
    output.failure(report);
    output.debug(error);
  }
  return exitCodeOf(report.code);
}
