import { describe, expect, it } from 'vitest';
import {
  downloadKey,
  type KeyInputs,
  stageKeys,
} from '../../../../src/pipeline/ingestion/stageKeys.ts';

const inputs: KeyInputs = {
  media: 'aa',
  models: { segmentation: 's', voice: 'v', recognition: 'r', text: 't' },
  speakers: null,
};
const withModel = (name: keyof KeyInputs['models']): KeyInputs => ({
  ...inputs,
  models: { ...inputs.models, [name]: 'another' },
});
const base = stageKeys(inputs);

function changed(other: KeyInputs): string[] {
  const keys = stageKeys(other);
  return Object.entries(keys).flatMap(([stage, key]) =>
    key === base[stage as keyof typeof base] ? [] : [stage],
  );
}

describe('stageKeys', () => {
  const all = ['decode', 'segment', 'voice', 'recognise', 'diarise', 'embed', 'publish'];

  it.each([
    ['the media', { ...inputs, media: 'ab' }, all],
    ['the segmentation model', withModel('segmentation'), all.slice(1)],
    ['the voice model', withModel('voice'), all.slice(2)],
    ['the recognition model', withModel('recognition'), ['recognise', 'embed', 'publish']],
    ['the text model', withModel('text'), ['embed', 'publish']],
    ['the number of speakers', { ...inputs, speakers: { min: 2, max: 2 } }, ['diarise', 'publish']],
    ['nothing', { ...inputs, models: { ...inputs.models } }, []],
  ])('%s changes exactly the keys of what depends on it', (_, other, expected) => {
    expect(changed(other)).toEqual(expected);
  });

  it('are all different, also between bounds on the number of speakers', () => {
    const keys = new Set(Object.values(base));
    expect(keys.size).toBe(all.length);
    const bounds = [
      { min: 1, max: 2 },
      { min: 2, max: 2 },
      { min: 1, max: 12 },
      { min: 11, max: 2 },
    ].map((speakers) => stageKeys({ ...inputs, speakers }).diarise);
    expect(new Set(bounds).size).toBe(bounds.length);
  });

  it('do not run into one another where inputs are swapped', () => {
    const models = { ...inputs.models, segmentation: 'v', voice: 's' };
    expect(changed({ ...inputs, models })).toEqual(all.slice(1));
  });

  it('of the download goes by the source', () => {
    expect(downloadKey('a')).toBe(downloadKey('a'));
    expect(downloadKey('a')).not.toBe(downloadKey('b'));
  });
});
