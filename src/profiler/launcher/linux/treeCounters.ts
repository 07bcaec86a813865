import { readFileSync } from 'node:fs';
import { COUNTER } from '../../model/attributeNames.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { TrackId } from '../../model/units.ts';
import { pageSize } from './pageSize.ts';
import type { ProcessMember } from './processMember.ts';
import type { ProcessIo } from './processIo.ts';
import { TICKS_PER_SECOND } from './processStat.ts';

/** CPU time is told in steps of 10 ms: over shorter stretches a rate would be noise. */
const CPU_STRETCH_NS = 100e6;
/** Shared memory counted once needs the kernel to walk all pages: milliseconds for a large process. */
const PSS_PERIOD_NS = 2e9;
const PSS_MAX_MEMBERS = 16;

const NO_IO: ProcessIo = { readBytes: 0, writtenBytes: 0, diskReadBytes: 0, diskWrittenBytes: 0 };

/** The counters of a process tree: sums over its processes at one time. */
export class TreeCounters {
  readonly #builder: RunBuilder;
  readonly #track: TrackId;
  #cpu: { readonly ns: number; readonly ticks: number } | null = null;
  #pssNs = -Infinity;
  #pssCostNs = 0;
  peakRssBytes = 0;
  peakThreads = 0;
  io = NO_IO;

  constructor(builder: RunBuilder, track: TrackId) {
    this.#builder = builder;
    this.#track = track;
  }

  /** Adds one sample of each. */
  add(nowNs: number, members: Iterable<ProcessMember>): void {
    let pages = 0;
    let threads = 0;
    let ticks = 0;
    let io = NO_IO;
    let processes = 0;
    for (const member of members) {
      processes += 1;
      pages += member.stat.rssPages;
      threads += member.stat.threads;
      ticks += member.stat.cpuTicks;
      if (member.io !== null) io = sum(io, member.io);
    }
    if (processes === 0) return;
    const rssBytes = pages * pageSize();
    this.peakRssBytes = Math.max(this.peakRssBytes, rssBytes);
    this.peakThreads = Math.max(this.peakThreads, threads);
    // What a process read counts for its parent once it has ended and was waited for; until then it may be missing.
    this.io = largest(this.io, io);
    this.#sample(COUNTER.treeMemory, 'By', nowNs, rssBytes);
    this.#sample('earshot.processes.tree', '{process}', nowNs, processes);
    this.#sample('earshot.threads.tree', '{thread}', nowNs, threads);
    this.#sample('earshot.io.read', 'By', nowNs, this.io.readBytes);
    this.#sample('earshot.io.written', 'By', nowNs, this.io.writtenBytes);
    this.#sample('earshot.io.disk_read', 'By', nowNs, this.io.diskReadBytes);
    this.#sample('earshot.io.disk_written', 'By', nowNs, this.io.diskWrittenBytes);
    this.#addCpu(nowNs, ticks);
  }

  /** Memory with each shared page counted once, now and then. */
  addPss(nowNs: number, pids: readonly number[]): void {
    if (pids.length > PSS_MAX_MEMBERS || nowNs < this.#pssNs + PSS_PERIOD_NS + this.#pssCostNs)
      return;
    this.#pssNs = nowNs;
    const begun = process.hrtime.bigint();
    const kibibytes = pids.reduce((total, pid) => total + pssOf(pid), 0);
    this.#pssCostNs = Number(process.hrtime.bigint() - begun) * 1000;
    if (kibibytes > 0) this.#sample('earshot.memory.tree.pss', 'By', nowNs, kibibytes * 1024);
  }

  #addCpu(nowNs: number, ticks: number): void {
    const before = this.#cpu;
    if (before === null) {
      this.#cpu = { ns: nowNs, ticks };
      return;
    }
    const lengthNs = nowNs - before.ns;
    if (lengthNs < CPU_STRETCH_NS) return;
    this.#cpu = { ns: nowNs, ticks };
    const cores = (ticks - before.ticks) / TICKS_PER_SECOND / (lengthNs / 1e9);
    // The time of a process that nobody waited for is lost with it.
    this.#sample(COUNTER.treeCpu, '{core}', nowNs, Math.max(0, cores));
  }

  #sample(name: string, unit: string, nowNs: number, value: number): void {
    this.#builder.addSample(name, unit, this.#track, nowNs, value);
  }
}

function pssOf(pid: number): number {
  try {
    const [, kibibytes] =
      /^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')) ?? [];
    return Number(kibibytes ?? 0);
  } catch {
    return 0;
  }
}

function sum(a: ProcessIo, b: ProcessIo): ProcessIo {
  return {
    readBytes: a.readBytes + b.readBytes,
    writtenBytes: a.writtenBytes + b.writtenBytes,
    diskReadBytes: a.diskReadBytes + b.diskReadBytes,
    diskWrittenBytes: a.diskWrittenBytes + b.diskWrittenBytes,
  };
}

function largest(a: ProcessIo, b: ProcessIo): ProcessIo {
  return {
    readBytes: Math.max(a.readBytes, b.readBytes),
    writtenBytes: Math.max(a.writtenBytes, b.writtenBytes),
    diskReadBytes: Math.max(a.diskReadBytes, b.diskReadBytes),
    diskWrittenBytes: Math.max(a.diskWrittenBytes, b.diskWrittenBytes),
  };
}
