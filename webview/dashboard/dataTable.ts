import { element } from './element.ts';
import { signOf, type Tone } from './sign.ts';

/** A cell; a button where it leads somewhere. */
export interface TableCell {
  readonly text: string;
  readonly class?: string;
  readonly open?: () => void;
  /** Before the text. */
  readonly sign?: { readonly sign: string; readonly tone: Tone };
}

/** A table of texts for those who read rather than look. The first cell of a row is its heading. */
export function dataTable(
  caption: string,
  columns: readonly string[],
  rows: readonly { readonly cells: readonly TableCell[]; readonly selected?: boolean }[],
): HTMLElement {
  const head = element(
    'tr',
    {},
    ...columns.map((column) =>
      element('th', { attributes: { scope: 'col', dir: 'auto' }, text: column }),
    ),
  );
  const body = rows.map(({ cells, selected = false }) =>
    element(
      'tr',
      selected ? { class: 'selected', attributes: { 'aria-current': 'true' } } : {},
      ...cells.map((cell, i) => cellOf(cell, i === 0)),
    ),
  );
  const table = element(
    'table',
    {},
    element('caption', { class: 'visually-hidden', text: caption }),
    element('thead', {}, head),
    element('tbody', {}, ...body),
  );
  // Wide tables scroll, also by keyboard.
  const attributes = { role: 'group', tabindex: '0', 'aria-label': caption };
  return element('div', { class: 'data-table', attributes }, table);
}

function cellOf(
  { text, class: classes = '', open, sign }: TableCell,
  isHeading: boolean,
): HTMLElement {
  const properties = { class: classes, attributes: { dir: 'auto' } };
  const cell = isHeading
    ? element('th', { ...properties, attributes: { scope: 'row', dir: 'auto' } })
    : element('td', properties);
  if (sign !== undefined) cell.append(signOf(sign.sign, sign.tone), ' ');
  if (open === undefined) cell.append(text);
  else cell.append(element('button', { class: 'link', text, onClick: open }));
  return cell;
}
