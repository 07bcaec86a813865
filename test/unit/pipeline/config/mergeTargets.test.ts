import { describe, expect, it } from 'vitest';
import { type DefaultTarget, mergeTargets } from '../../../../src/pipeline/config/mergeTargets.ts';

const DEFAULTS: DefaultTarget[] = [
  {
    name: 'real-time-factor',
    title: 'Real-time factor',
    limit: 0.02,
    direction: 'at-most',
    unit: '',
  },
  { name: 'voice-coverage', title: 'Voice coverage', limit: 0.95, direction: 'at-least', unit: '' },
  { name: 'audio-loads', title: 'Loads', limit: 1, direction: 'at-most', unit: 'loads' },
];

describe('mergeTargets', () => {
  it('prefers the file of the project to settings, and settings to defaults', () => {
    const file = '/project/earshot.config.json';
    const config = { targets: { 'real-time-factor': 0.03, 'audio-loads': { limit: 2 } } };
    const settings = { 'real-time-factor': 0.5, 'voice-coverage': 0.5 };
    const merged = mergeTargets(DEFAULTS, { file, config }, settings);
    expect(merged.map(({ name, limit, origin }) => [name, limit, origin])).toEqual([
      ['real-time-factor', 0.03, file],
      ['voice-coverage', 0.5, 'settings'],
      ['audio-loads', 2, file],
    ]);
  });

  it('gives the defaults where nothing is set', () => {
    const merged = mergeTargets(DEFAULTS, null);
    expect(merged).toEqual(DEFAULTS.map((target) => ({ ...target, origin: 'default' })));
  });

  it('suggests the name that was meant', () => {
    expect(() => mergeTargets(DEFAULTS, null, { 'voice-coverge': 1 })).toThrow(
      expect.objectContaining({ code: 'config.invalid', action: 'Did you mean "voice-coverage"?' }),
    );
  });

  it('refuses what is not a limit', () => {
    expect(() => mergeTargets(DEFAULTS, null, { 'audio-loads': NaN })).toThrow(/no limit/);
  });
});
