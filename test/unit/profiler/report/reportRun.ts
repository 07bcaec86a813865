import {
  ATTRIBUTE,
  COUNTER,
  LEDGER,
  STAGE,
  stageSpanName,
} from '../../../../src/profiler/model/attributeNames.ts';
import type { Run } from '../../../../src/profiler/model/run.ts';
import { newBuilder } from '../runFixture.ts';

const SECOND = 1e9;

export interface StagePlan {
  readonly stage: string;
  readonly from: number;
  readonly to: number;
  readonly units?: readonly (readonly [from: number, to: number])[];
  readonly state?: string;
  readonly status?: 0 | 1 | 2 | 3;
}

/** A run of stages with times in seconds, of an input of 1000 s of audio, begun at 0. */
export function reportRun(stages: readonly StagePlan[], seconds = 100): Run {
  const builder = newBuilder({
    environment: { cpu: 'A | CPU', cores: 2, inputHash: 'ab'.repeat(32) },
  });
  const main = builder.track('main', 'process');
  const root = builder.addSpan({
    name: 'talk',
    startNs: 0,
    durationNs: seconds * SECOND,
    track: main,
    parent: null,
    attributes: { [ATTRIBUTE.audioSeconds]: 1000 },
  });
  for (const { stage, from, to, units = [], state, status = 0 } of stages) {
    const whole = builder.addSpan({
      name: stageSpanName(stage),
      startNs: from * SECOND,
      durationNs: (to - from) * SECOND,
      track: main,
      parent: root,
      status,
      attributes: { [ATTRIBUTE.stage]: stage, [ATTRIBUTE.state]: state },
    });
    units.forEach(([begin, end], i) => {
      builder.addSpan({
        name: 'unit',
        startNs: begin * SECOND,
        durationNs: (end - begin) * SECOND,
        track: builder.track(`worker ${i % 2}`, 'process'),
        parent: whole,
        attributes: { [ATTRIBUTE.unit]: `u${i}`, [ATTRIBUTE.cpuSeconds]: (end - begin) / 2 },
      });
    });
  }
  builder.addWork(STAGE.embed, {
    unit: 'texts',
    itemsIn: 300,
    itemsOut: 282,
    dropped: { 'too | short': 18 },
    batchSize: 32,
    deviceAsked: 'cuda:0',
    deviceUsed: 'cpu',
  });
  builder.addWork(STAGE.decode, {
    unit: 'seconds',
    itemsIn: 1000,
    itemsOut: 1000,
    loads: { 'audio:x': 43 },
  });
  builder.addLedger({
    name: LEDGER.voiceEmbedding,
    unit: 'segments',
    total: 1494,
    buckets: [
      { name: 'own', amount: 400 },
      { name: 'widened', amount: 108 },
      { name: 'none', reason: 'time-out', amount: 986 },
    ],
  });
  const counters = builder.track('counters', 'counter');
  builder.addSample(COUNTER.treeMemory, 'By', counters, 0, 1e9);
  builder.addSample(COUNTER.treeMemory, 'By', counters, 5, 2e9);
  return builder.finish({ status: 'done' });
}
