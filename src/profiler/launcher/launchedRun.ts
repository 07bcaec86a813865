import { randomBytes, randomUUID } from 'node:crypto';
import type { Attributes } from '../model/attributes.ts';
import type { RunStatus } from '../model/run.ts';
import { RunBuilder } from '../model/runBuilder.ts';
import { SPAN_STATUS } from '../model/spanStatus.ts';
import type { SpanHandle } from '../model/spanStore.ts';
import type { TrackId } from '../model/units.ts';
import { createUnixClock } from '../recorder/clock.ts';
import { type ChildProgram, type ProgramEnd, startProgram } from './childProgram.ts';
import { commandText } from './commandText.ts';
import type { LaunchRequest, LaunchResult } from './launch.ts';
import { LinuxProbe } from './linux/linuxProbe.ts';
import { machineEnvironment, machineState } from './machineEnvironment.ts';
import { OutputLog } from './outputLog.ts';
import { passThrough } from './passThrough.ts';
import { Sampling } from './samplers/sampling.ts';
import { SignalForwarding } from './signalForwarding.ts';
import { stopProgram } from './stopProgram.ts';
import { joinTrace, offerTelemetry } from './telemetry.ts';

/** Size from which files are watched where nothing else is said: 1 MiB. */
const MIN_FILE_BYTES = 2 ** 20;

type OutputLogs = Readonly<Record<'stdout' | 'stderr', OutputLog>>;

/** One launch of a program. */
export class Launch {
  readonly #request: LaunchRequest;
  readonly #clock = createUnixClock();
  readonly #epochNs = this.#clock.now();
  readonly #traceId = randomBytes(16).toString('hex');
  readonly #rootId = randomBytes(8).readBigUInt64BE() | 1n;
  readonly #builder: RunBuilder;
  readonly #track: TrackId;
  readonly #notes: string[] = [];

  constructor(request: LaunchRequest) {
    this.#request = request;
    this.#builder = new RunBuilder({
      id: randomUUID(),
      name: request.name,
      kind: 'command',
      epochNs: this.#epochNs,
      traceId: this.#traceId,
      environment: machineEnvironment(),
      provenance: { client: 'earshot', version: request.version ?? '', format: 'command' },
    });
    this.#track = this.#builder.track(request.name, 'process');
  }

  async run(): Promise<LaunchResult> {
    const { signal, env, receive, sample, command } = this.#request;
    signal.throwIfAborted();
    // Before the program: a pattern that is none would cost the whole run.
    const logs = { stdout: this.#outputLog('stdout'), stderr: this.#outputLog('stderr') };
    const telemetry = receive ? await this.#offerTelemetry() : null;
    const sampling = sample ? new Sampling(command[0], env) : null;
    const probe = this.#probe();
    try {
      const state = machineState();
      const cpuBefore = process.cpuUsage();
      const startNs = this.#now();
      const program = await startProgram(this.#request, {
        ...env,
        ...telemetry?.env,
        ...sampling?.env(env),
      });
      sampling?.attach(program.pid);
      const root = this.#openRoot(startNs);
      probe?.start({
        pid: program.pid,
        ownSession: program.ownGroup,
        root,
        track: this.#track,
        startNs,
        now: () => this.#now(),
      });
      const signals = new SignalForwarding(program, this.#request.onSignal);
      const onAbort = (): void => void stopProgram(program, () => probe?.descendants ?? []);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
      const output = this.#readOutput(program, logs);

      const end = await program.ended;
      const endNs = this.#now();
      const own = process.cpuUsage(cpuBefore);
      const probed = await probe?.stop(endNs, telemetry?.traceParent ?? null);
      await output;
      const sampled = await sampling?.finish(this.#builder, this.#toRunNs, startNs);
      signal.removeEventListener('abort', onAbort);
      signals.stop();
      this.#notes.push(...(probed?.notes ?? []), ...(sampled ?? []));
      this.#notes.push(...((await telemetry?.stop()) ?? []));
      this.#builder.setAttributes(root, {
        ...state,
        ...probed?.attributes,
        'process.command_line': commandText(this.#request.command),
        'process.pid': program.pid,
        'process.exit.code': end.exitCode,
        'process.exit.signal': end.signal ?? undefined,
        'earshot.profiler.cost': (own.user + own.system) / 1e6,
      } satisfies Attributes);
      const cancelled = signal.aborted || signals.stopped;
      return this.#finish(root, startNs, endNs, end, cancelled);
    } catch (error) {
      await telemetry?.stop();
      await probe?.stop(0, null);
      throw error;
    } finally {
      sampling?.close();
    }
  }

  #now(): number {
    return this.#toRunNs(process.hrtime.bigint());
  }

  readonly #toRunNs = (clockNs: bigint): number =>
    Number(clockNs + this.#clock.offsetNs - this.#epochNs);

  #offerTelemetry(): ReturnType<typeof offerTelemetry> {
    return offerTelemetry(this.#builder, this.#request.env, {
      service: this.#request.name,
      traceId: this.#traceId,
      rootId: this.#rootId,
    });
  }

  #probe(): LinuxProbe | null {
    const { command, cwd, env, watchFiles, minFileBytes } = this.#request;
    if (process.platform !== 'linux') {
      this.#notes.push('CPU, memory, child processes and files are measured on Linux only.');
      return null;
    }
    const files = {
      command,
      cwd,
      minBytes: minFileBytes ?? MIN_FILE_BYTES,
      temporaryFolder: env['TMPDIR'],
      toRunNs: this.#toRunNs,
    };
    return new LinuxProbe(this.#builder, cwd, watchFiles ? files : null);
  }

  #openRoot(startNs: number): SpanHandle {
    const root = this.#builder.openSpan({
      name: this.#request.name,
      startNs,
      track: this.#track,
      parent: null,
      id: this.#rootId,
    });
    joinTrace(this.#builder, this.#traceId, this.#rootId, root);
    return root;
  }

  #outputLog(name: 'stdout' | 'stderr'): OutputLog {
    return new OutputLog(this.#builder, name, this.#track, this.#request.logPatterns);
  }

  async #readOutput({ output, ended }: ChildProgram, logs: OutputLogs): Promise<void> {
    if (output === null) return;
    let skipped = 0;
    const read = async (name: 'stdout' | 'stderr'): Promise<void> => {
      const log = logs[name];
      const see = (bytes: Buffer, at: bigint): void => log.chunk(bytes, this.#toRunNs(at));
      await passThrough(output[name], this.#request[name], see, ended);
      log.end();
      skipped += log.skippedBytes;
    };
    await Promise.all([read('stdout'), read('stderr')]);
    if (skipped > 0) {
      const megabytes = (skipped / 1e6).toFixed(1);
      this.#notes.push(`${megabytes} MB of its output were passed on but not read as lines.`);
    }
  }

  #finish(
    root: SpanHandle,
    startNs: number,
    endNs: number,
    end: ProgramEnd,
    cancelled: boolean,
  ): LaunchResult {
    const failed = end.exitCode !== 0;
    this.#builder.closeSpan(root, endNs - startNs, failed ? SPAN_STATUS.error : SPAN_STATUS.unset);
    const status: RunStatus = !failed ? 'done' : cancelled ? 'cancelled' : 'failed';
    const how =
      end.signal === null
        ? `It ended with exit code ${end.exitCode}`
        : `It was ended by ${end.signal}`;
    const error = failed ? `${how}.` : null;
    const run = this.#builder.finish({ status, error, openEndNs: endNs });
    return { run, exitCode: end.exitCode, notes: this.#notes };
  }
}
