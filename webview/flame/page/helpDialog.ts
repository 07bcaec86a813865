import { openDialog } from '../../shared/dialog.ts';
import { el } from '../../shared/dom.ts';
import { keyGroup } from '../../shared/keyGroup.ts';
import { keyLabel, KEYS } from './keyMap.ts';

/** What the mouse does; by the setting of the wheel. */
function mouseHelp(wheel: 'zoom' | 'scroll'): readonly (readonly [string, string])[] {
  const turns: readonly (readonly [string, string])[] =
    wheel === 'zoom'
      ? [
          ['Wheel', 'Zoom at the pointer'],
          ['Shift+Wheel', 'Pan'],
          ['Alt+Wheel', 'Scroll'],
        ]
      : [['Wheel', 'Scroll and pan']];
  return [
    ...turns,
    ['Ctrl+Wheel, pinch', 'Zoom at the pointer'],
    ['Drag', 'Pan and scroll'],
    ['Shift+Drag, drag on the ruler', 'Select an area'],
    ['Double click', 'Fit a span'],
    ['Drag the name of a track', 'Move the track'],
    ['Drag in the overview', 'Move or resize the window'],
  ];
}

/** All keys and what the mouse does, made of the table that the keys are read from. */
export function openHelp(wheel: 'zoom' | 'scroll'): void {
  const groups = [...new Set(KEYS.map(({ group }) => group))];
  openDialog('Keys', [
    el(
      'div',
      { class: 'help' },
      ...groups.map((group) =>
        keyGroup(
          group,
          KEYS.filter((each) => each.group === group).map(({ keys, text }) => [
            keys.map(keyLabel),
            text,
          ]),
        ),
      ),
      keyGroup(
        'Mouse',
        mouseHelp(wheel).map(([keys, text]) => [[keys], text]),
      ),
    ),
  ]);
}
