import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src/profiler/diagnosis/diagnose.ts';
import type { Finding } from '../../../../src/profiler/diagnosis/finding.ts';
import { ATTRIBUTE } from '../../../../src/profiler/model/attributeNames.ts';
import { DEFAULT_TARGETS, evaluateTargets } from '../../../../src/profiler/report/targets.ts';
import { newBuilder } from '../runFixture.ts';

/** An ingest at a tenth of real time, far from the target. */
function missed(audioSeconds: number): Finding | undefined {
  const builder = newBuilder();
  builder.addSpan({
    name: 'talk',
    startNs: 0,
    durationNs: audioSeconds * 1e8,
    track: builder.track('main', 'process'),
    parent: null,
    attributes: { [ATTRIBUTE.audioSeconds]: audioSeconds },
  });
  const run = builder.finish({ status: 'done' });
  const targets = evaluateTargets(run, DEFAULT_TARGETS);
  return diagnose(run, { targets, baseline: null }).find(({ kind }) => kind === 'target-missed');
}

describe('a missed speed of an ingest', () => {
  it('is a warning, told once and in its unit', () => {
    expect(missed(3600)).toMatchObject({
      severity: 'warning',
      title: 'Whole run, seconds per second of audio: 0.100 s/s, at most 0.0200 s/s was wanted',
    });
  });

  it('is a remark where the recording is too short to tell', () => {
    const finding = missed(45);
    expect(finding).toMatchObject({ severity: 'info' });
    expect(finding!.cause).toContain('The recording has only 45 s');
  });
});
