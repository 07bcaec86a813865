import { parentPort, workerData } from 'node:worker_threads';
import { diffRuns } from '../../profiler/diff/diffRuns.ts';
import { decodeRun } from '../../profiler/model/runCodec.ts';
import type { DiffOrder } from './differ.ts';

// Aligns two runs in a thread of its own, posts what it found, and ends.
const { a, b } = workerData as DiffOrder;
parentPort?.postMessage(diffRuns(decodeRun(a), decodeRun(b)));
