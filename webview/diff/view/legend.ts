import { el } from '../../shared/dom.ts';
import { GLYPH } from '../model/changeWords.ts';
import type { DiffLayout } from '../model/diffState.ts';

/** What the colours and signs of the chart say. */
export function legend(layout: DiffLayout, weights: boolean): HTMLElement {
  const [more, less] = weights ? ['more', 'less'] : ['slower', 'faster'];
  const entries: [sample: string, glyph: string, text: string][] = [
    ['more', GLYPH.more, `${more} in B`],
    ['less', GLYPH.less, `${less} in B`],
    ['same', '', 'the same'],
    ['only-a', '', 'only in A'],
    ['only-b', '', 'only in B'],
  ];
  if (layout === 'ghost') entries.push(['ghost', '', 'as it was in A']);
  return el(
    'ul',
    { class: 'legend', 'aria-label': 'Legend' },
    ...entries.map(([sample, glyph, text]) =>
      el('li', {}, el('span', { class: `sample ${sample}`, 'aria-hidden': 'true' }, glyph), text),
    ),
  );
}
