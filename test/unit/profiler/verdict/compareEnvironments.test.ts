import { describe, expect, it } from 'vitest';
import { UNKNOWN_ENVIRONMENT } from '../../../../src/profiler/model/environment.ts';
import {
  compareEnvironments,
  differenceText,
} from '../../../../src/profiler/verdict/compareEnvironments.ts';

const of = (more: object) => ({ ...UNKNOWN_ENVIRONMENT, ...more });

describe('environments', () => {
  it('are comparable where nothing is known, which is said', () => {
    const { comparable, differences, unknown } = compareEnvironments([of({})], [of({})]);
    expect({ comparable, differences }).toEqual({ comparable: true, differences: [] });
    expect(unknown).toContain('machine');
  });

  it('are not comparable where they are known to differ, field by field', () => {
    const a = of({
      cpu: 'x',
      cores: 2,
      models: { whisper: 'aa', vad: 'v' },
      batchSizes: { embed: 8 },
    });
    const b = of({
      cpu: 'x',
      cores: 4,
      models: { whisper: 'bb', vad: 'v' },
      batchSizes: { embed: 8 },
    });
    const result = compareEnvironments([a, a], [b]);
    expect(result.comparable).toBe(false);
    expect(result.differences).toEqual([
      { field: 'cores', a: '2', b: '4', severity: 'different' },
      { field: 'models.whisper', a: 'aa', b: 'bb', severity: 'different' },
    ]);
    expect(differenceText(result)).toBe('cores (2 → 4), models.whisper (aa → bb)');
  });

  it('names what only one side tells, and compares', () => {
    const result = compareEnvironments([of({ os: 'linux' })], [of({})]);
    expect(result.comparable).toBe(true);
    expect(result.differences).toEqual([{ field: 'os', a: 'linux', b: null, severity: 'unknown' }]);
  });

  it('counts runs of one side that differ among themselves', () => {
    const result = compareEnvironments([of({ cores: 2 }), of({ cores: 4 })], [of({ cores: 2 })]);
    expect(result.comparable).toBe(false);
    expect(result.differences).toMatchObject([{ field: 'cores', a: '2 | 4', b: '2' }]);
  });
});
