import { KEYS, keyLabel } from '../../flame/page/keyMap.ts';
import { openDialog } from '../../shared/dialog.ts';
import { el } from '../../shared/dom.ts';
import { isShared } from '../diffKeys.ts';

/** Keys that the diff has beside those of every chart. */
const DIFF_KEYS: readonly (readonly [key: string, text: string])[] = [
  ['1', 'A above B'],
  ['2', 'B with ghosts of A'],
  ['3', 'Only B'],
  ['4', 'A and B side by side'],
  ['x', 'Swap A and B'],
  ['g', 'Align both runs by the chosen pair; once more: by their starts'],
  ['o', 'Let only those spans stand out that one of the runs alone has'],
  ['e', 'From the chosen span to its partner'],
  ['n', 'Next of the spans that stand out'],
  ['Shift+N', 'The one before it'],
  ['t', 'Waterfall as a table or as a picture'],
];

/** All keys of the diff. */
export function openDiffHelp(): void {
  const shared = KEYS.filter(({ action }) => isShared(action)).map(
    ({ keys, text }) => [keys, text] as const,
  );
  openDialog('Keys', [
    el(
      'div',
      { class: 'help' },
      group(
        'Comparison',
        DIFF_KEYS.map(([key, text]) => [[key], text] as const),
      ),
      group('Chart', shared),
    ),
  ]);
}

function group(
  title: string,
  rows: readonly (readonly [keys: readonly string[], text: string])[],
): HTMLElement {
  return el(
    'section',
    {},
    el('h3', {}, title),
    el(
      'dl',
      {},
      ...rows.flatMap(([keys, text]) => [
        el('dt', {}, ...keys.flatMap((key, i) => [i > 0 ? ' ' : '', el('kbd', {}, keyLabel(key))])),
        el('dd', {}, text),
      ]),
    ),
  );
}
