import { ATTRIBUTE } from '../../model/attributeNames.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { SpanHandle } from '../../model/spanStore.ts';
import type { TrackId } from '../../model/units.ts';
import { commandText } from '../commandText.ts';
import { pageSize } from './pageSize.ts';
import type { ProcessMember } from './processMember.ts';
import { TICKS_PER_SECOND } from './processStat.ts';
import { ProcessTree } from './processTree.ts';
import { samplingDelayMs } from './samplingPace.ts';
import { TreeCounters } from './treeCounters.ts';

/** Child processes that become spans; a build may start more than anybody can look at. */
const MAX_CHILD_SPANS = 20_000;
/** Longer command lines are cut. */
const MAX_COMMAND = 1000;

/** What a sampler is told to look at. */
export interface SamplerTarget {
  readonly pid: number;
  readonly ownSession: boolean;
  readonly root: SpanHandle;
  readonly track: TrackId;
  readonly startNs: number;
  /** Nanoseconds of the run. */
  readonly now: () => number;
}

/** Looks at a program and its children from time to time: counters of the tree, and a span for each child process. */
export class TreeSampler {
  readonly #builder: RunBuilder;
  readonly #target: SamplerTarget;
  readonly #afterPass: (nowNs: number, tree: ProcessTree) => void;
  readonly tree: ProcessTree;
  readonly counters: TreeCounters;
  #timer: NodeJS.Timeout | undefined;
  #costMs = 0;
  #childSpans = 0;
  children = 0;

  /** @param afterPass is called after each look, with what was seen. */
  constructor(
    builder: RunBuilder,
    target: SamplerTarget,
    afterPass: (nowNs: number, tree: ProcessTree) => void,
  ) {
    this.#builder = builder;
    this.#target = target;
    this.#afterPass = afterPass;
    this.tree = new ProcessTree(target.pid, target.ownSession, target.startNs);
    this.counters = new TreeCounters(builder, target.track);
  }

  start(): void {
    this.#pass();
    this.#schedule();
  }

  /** Ends the sampling: children that are still there end with the program. */
  stop(endNs: number): void {
    clearTimeout(this.#timer);
    for (const member of this.tree.members.values()) this.#addChild(member, endNs);
    this.tree.close();
  }

  #schedule(): void {
    const seconds = (this.#target.now() - this.#target.startNs) / 1e9;
    this.#timer = setTimeout(
      () => {
        this.#pass();
        this.#schedule();
      },
      samplingDelayMs(seconds, this.#costMs),
    );
  }

  #pass(): void {
    const before = process.cpuUsage();
    const nowNs = this.#target.now();
    for (const member of this.tree.pass(nowNs)) this.#addChild(member, (member.seenNs + nowNs) / 2);
    this.counters.add(nowNs, this.tree.members.values());
    this.counters.addPss(nowNs, [...this.tree.members.keys()]);
    this.#afterPass(nowNs, this.tree);
    // CPU time: on a busy machine the clock would count how long others had the core.
    const { user, system } = process.cpuUsage(before);
    const costMs = (user + system) / 1000;
    this.#costMs = this.#costMs === 0 ? costMs : 0.8 * this.#costMs + 0.2 * costMs;
  }

  #addChild(member: ProcessMember, endNs: number): void {
    if (member.pid === this.#target.pid) return;
    this.children += 1;
    if (this.#childSpans >= MAX_CHILD_SPANS) {
      this.#builder.drop('droppedSpans');
      return;
    }
    this.#childSpans += 1;
    this.#builder.addSpan({
      name: member.name,
      startNs: member.startNs,
      durationNs: Math.max(0, endNs - member.startNs),
      track: this.#builder.track(member.name, 'process'),
      parent: this.#target.root,
      attributes: {
        'process.pid': member.pid,
        'process.parent_pid': member.stat.parent,
        'process.command_line': commandText(member.command).slice(0, MAX_COMMAND),
        'process.memory.peak': member.peakRssPages * pageSize(),
        [ATTRIBUTE.cpuSeconds]: member.stat.cpuTicks / TICKS_PER_SECOND,
        'earshot.io.read_bytes': member.io?.readBytes,
      },
    });
  }
}
