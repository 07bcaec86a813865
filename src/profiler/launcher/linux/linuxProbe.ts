import { ATTRIBUTE } from '../../model/attributeNames.ts';
import type { Attributes } from '../../model/attributes.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import { addFileLoads } from '../files/fileLoads.ts';
import { FileWatch, type FileWatchOptions } from '../files/fileWatch.ts';
import { endedChildrenCpuSeconds } from './childrenTime.ts';
import { outlivingProcesses } from './outliving.ts';
import { type ChildrenUsage, systemCalls } from './systemCalls.ts';
import { type SamplerTarget, TreeSampler } from './treeSampler.ts';

/** What the probe found at the end. */
export interface ProbeResult {
  readonly attributes: Attributes;
  /** Sentences for the person. */
  readonly notes: readonly string[];
}

/** Everything that Linux tells of a process tree from outside. */
export class LinuxProbe {
  readonly #builder: RunBuilder;
  readonly #files: FileWatch | null;
  readonly #cwd: string;
  #usageBefore: ChildrenUsage | null = null;
  #cpuBefore: number | null = null;
  #sampler: TreeSampler | null = null;
  #target: SamplerTarget | null = null;

  /**
   * To be made before the program is started.
   *
   * @param files what to watch files for, or null for no files.
   */
  constructor(builder: RunBuilder, cwd: string, files: FileWatchOptions | null) {
    this.#builder = builder;
    this.#cwd = cwd;
    this.#files = files === null ? null : new FileWatch(files);
    this.#files?.start(0);
  }

  /** Processes of the tree now, the program aside. */
  get descendants(): readonly number[] {
    return [...(this.#sampler?.tree.members.keys() ?? [])].filter(
      (pid) => pid !== this.#target?.pid,
    );
  }

  /** Processes of the tree now. */
  get processes(): readonly number[] {
    return [...(this.#sampler?.tree.members.keys() ?? [])];
  }

  /** To be called when the program was started. */
  start(target: SamplerTarget): void {
    this.#target = target;
    this.#usageBefore = systemCalls()?.childrenUsage() ?? null;
    this.#cpuBefore = endedChildrenCpuSeconds();
    this.#sampler = new TreeSampler(this.#builder, target, (nowNs, tree) =>
      this.#files?.look(nowNs, tree),
    );
    this.#sampler.start();
  }

  /**
   * To be called at once when the program has ended, or where it could not be started.
   *
   * @param mark a text in the environment of the program and its children.
   */
  async stop(endNs: number, mark: string | null): Promise<ProbeResult> {
    const usage = systemCalls()?.childrenUsage() ?? null;
    const cpu = endedChildrenCpuSeconds();
    const sampler = this.#sampler;
    const target = this.#target;
    if (sampler === null || target === null) {
      await this.#files?.stop(endNs, 0);
      return { attributes: {}, notes: [] };
    }
    const known = new Map(
      [...sampler.tree.members.values()].map(({ pid, stat }) => [pid, stat.startTicks]),
    );
    sampler.stop(endNs);
    await this.#files?.stop(endNs, target.pid);
    if (this.#files !== null) {
      addFileLoads(this.#builder, this.#files.files, this.#cwd, target.root);
    }
    const outliving = outlivingProcesses(known, target.ownSession ? target.pid : null, mark);
    return {
      attributes: {
        ...this.#usageSince(usage),
        [ATTRIBUTE.cpuSeconds]: this.#cpuSeconds(usage, cpu),
        'process.threads.peak': sampler.counters.peakThreads || undefined,
        'process.children': sampler.children,
        'earshot.io.disk_read_bytes': sampler.counters.io.diskReadBytes,
        'earshot.io.disk_written_bytes': sampler.counters.io.diskWrittenBytes,
      },
      notes: [
        ...(this.#files?.notes ?? []),
        ...outliving.map(
          ({ pid, name }) => `${name} (process ${pid}) was started by it and still runs.`,
        ),
        ...(sampler.tree.overlooked > 0
          ? [`${sampler.tree.overlooked} processes beyond the first 400 were not looked at.`]
          : []),
      ],
    };
  }

  #cpuSeconds(usage: ChildrenUsage | null, cpu: number | null): number | undefined {
    if (usage !== null && this.#usageBefore !== null) {
      return usage.cpuSeconds - this.#usageBefore.cpuSeconds;
    }
    return cpu === null || this.#cpuBefore === null ? undefined : cpu - this.#cpuBefore;
  }

  #usageSince(usage: ChildrenUsage | null): Attributes {
    const before = this.#usageBefore;
    if (usage === null || before === null) return {};
    const largest = usage.peakRssBytes > before.peakRssBytes ? usage.peakRssBytes : undefined;
    return {
      // Of all children that this process ever had: only one that is higher than before is of this program.
      'process.memory.largest': largest,
      'process.context_switches.voluntary': usage.voluntarySwitches - before.voluntarySwitches,
      'process.context_switches.involuntary':
        usage.involuntarySwitches - before.involuntarySwitches,
      'process.page_faults.minor': usage.minorFaults - before.minorFaults,
      'process.page_faults.major': usage.majorFaults - before.majorFaults,
    };
  }
}
