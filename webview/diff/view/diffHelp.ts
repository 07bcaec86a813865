import { KEYS, keyLabel } from '../../flame/page/keyMap.ts';
import { openDialog } from '../../shared/dialog.ts';
import { el } from '../../shared/dom.ts';
import { keyGroup } from '../../shared/keyGroup.ts';
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
    ({ keys, text }) => [keys.map(keyLabel), text] as const,
  );
  openDialog('Keys', [
    el(
      'div',
      { class: 'help' },
      keyGroup(
        'Comparison',
        DIFF_KEYS.map(([key, text]) => [[keyLabel(key)], text] as const),
      ),
      keyGroup('Chart', shared),
    ),
  ]);
}
