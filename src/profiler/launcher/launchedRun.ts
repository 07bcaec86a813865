import { randomBytes, randomUUID } from 'node:crypto';
import { ATTRIBUTE } from '../model/attributeNames.ts';
import type { RunStatus } from '../model/run.ts';
import { RunBuilder } from '../model/runBuilder.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import type { SpanHandle } from '../model/spanStore.ts';
import type { TrackId } from '../model/units.ts';
import { createUnixClock } from '../recorder/clock.ts';
import {
  type ChildProgram,
  type ProgramEnd,
  behindTerminal,
  startProgram,
} from './childProgram.ts';
import { endedChildrenCpuSeconds } from './childrenTime.ts';
import { commandText } from './commandText.ts';
import type { LaunchRequest, LaunchResult } from './launch.ts';
import { machineEnvironment, machineState } from './machineEnvironment.ts';
import { OutputLog } from './outputLog.ts';
import { passThrough } from './passThrough.ts';
import { sendSignal, stopProgram } from './stopProgram.ts';

/** One launch of a program. */
export class Launch {
  readonly #request: LaunchRequest;
  readonly #clock = createUnixClock();
  readonly #builder: RunBuilder;
  readonly #notes: string[] = [];
  readonly #track: TrackId;

  constructor(request: LaunchRequest) {
    this.#request = request;
    this.#builder = new RunBuilder({
      id: randomUUID(),
      name: request.name,
      kind: 'command',
      epochNs: this.#clock.now(),
      traceId: randomBytes(16).toString('hex'),
      environment: machineEnvironment(),
      provenance: { client: 'earshot', version: request.version ?? '', format: 'command' },
    });
    this.#track = this.#builder.track(request.name, 'process');
  }

  async run(): Promise<LaunchResult> {
    const request = this.#request;
    request.signal.throwIfAborted();
    const state = machineState();
    const ownCpu = process.cpuUsage();
    const childrenCpu = endedChildrenCpuSeconds();
    const startNs = this.#now();
    const program = await startProgram(request, request.env);
    const root = this.#builder.openSpan({
      name: request.name,
      startNs,
      track: this.#track,
      parent: null,
      id: randomBytes(8).readBigUInt64BE(),
    });
    const stopForwarding = this.#forwardSignals(program);
    const onAbort = (): void => void stopProgram(program, () => []);
    request.signal.addEventListener('abort', onAbort);
    if (request.signal.aborted) onAbort();

    const output = this.#readOutput(program);
    const end = await program.ended;
    const endNs = this.#now();
    const cpu = endedChildrenCpuSeconds();
    request.signal.removeEventListener('abort', onAbort);
    await output;
    stopForwarding();

    const own = process.cpuUsage(ownCpu);
    this.#builder.setAttributes(root, {
      ...state,
      'process.command_line': commandText(request.command),
      'process.pid': program.pid,
      'process.exit.code': end.exitCode,
      'process.exit.signal': end.signal ?? undefined,
      [ATTRIBUTE.cpuSeconds]: cpu === null || childrenCpu === null ? undefined : cpu - childrenCpu,
      'earshot.profiler.cpu_seconds': (own.user + own.system) / 1e6,
    });
    return this.#finish(root, endNs - startNs, endNs, end);
  }

  #now(): number {
    return this.#toRunNs(process.hrtime.bigint());
  }

  #toRunNs = (clockNs: bigint): number =>
    Number(clockNs + this.#clock.offsetNs - this.#builder.epochNs);

  #forwardSignals(program: ChildProgram): () => void {
    const fromTerminal = behindTerminal() && !program.ownGroup;
    const stop = this.#request.onSignal?.((signal) => {
      // Of the signals of a terminal the program, in our process group, has got its own.
      if (fromTerminal && (signal === 'SIGINT' || signal === 'SIGHUP')) return;
      sendSignal(program.ownGroup ? -program.pid : program.pid, signal);
    });
    return stop ?? (() => undefined);
  }

  async #readOutput(program: ChildProgram): Promise<void> {
    if (program.output === null) return;
    const { stdout, stderr } = program.output;
    const log = new OutputLog(this.#builder, this.#track, this.#toRunNs);
    const out = log.stream('stdout');
    const err = log.stream('stderr');
    const { ended } = program;
    await Promise.all([
      passThrough(stdout, this.#request.stdout, (bytes, at) => out.chunk(bytes, at), ended),
      passThrough(stderr, this.#request.stderr, (bytes, at) => err.chunk(bytes, at), ended),
    ]);
    out.end();
    err.end();
  }

  #finish(root: SpanHandle, durationNs: number, endNs: number, end: ProgramEnd): LaunchResult {
    const failed = end.exitCode !== 0;
    this.#builder.closeSpan(root, durationNs, failed ? SPAN_STATUS.error : SPAN_STATUS.unset);
    const status: RunStatus = this.#request.signal.aborted
      ? 'cancelled'
      : failed
        ? 'failed'
        : 'done';
    const error = !failed
      ? null
      : end.signal === null
        ? `It ended with exit code ${end.exitCode}.`
        : `It was ended by ${end.signal}.`;
    const run = this.#builder.finish({ status, error, openEndNs: endNs });
    return { run, exitCode: end.exitCode, notes: this.#notes };
  }
}
