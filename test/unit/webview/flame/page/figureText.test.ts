import { expect, it } from 'vitest';
import { figureText } from '../../../../../webview/flame/page/figureText.ts';
import { chartHeader } from './chartFixtures.ts';

it('tells each figure against its target in words', () => {
  expect(chartHeader().strip.map(figureText)).toEqual([
    { title: 'Total', value: '1 s', limit: '≤ 2 s', verdict: 'met, at most 2 s' },
    {
      title: 'Coverage',
      value: '90.00 %',
      limit: '≥ 95.00 %',
      verdict: 'missed, at least 95.00 %',
    },
    { title: 'Memory', value: '–', limit: '', verdict: '' },
  ]);
});
