import { element } from './element.ts';

/** What a card is made of. */
export interface ChartCardParts {
  readonly title: string;
  /** Beneath the title: the newest value against its target. */
  readonly note?: HTMLElement | undefined;
  readonly controls?: readonly HTMLElement[];
  readonly canvas: HTMLElement;
  readonly table: () => HTMLElement;
  readonly asTable: boolean;
  readonly onTable: (asTable: boolean) => void;
}

/** A chart with its heading, and with a table in its place for those who ask for it. */
export function chartCard(parts: ChartCardParts): HTMLElement {
  const body = element('div', { class: 'chart-body' });
  const toggle = element('button', {
    class: 'toggle',
    text: 'Table',
    attributes: { type: 'button', 'aria-label': `${parts.title}: show as a table` },
  });
  const show = (asTable: boolean): void => {
    toggle.setAttribute('aria-pressed', String(asTable));
    body.replaceChildren(asTable ? parts.table() : parts.canvas);
  };
  toggle.addEventListener('click', () => {
    const asTable = toggle.getAttribute('aria-pressed') !== 'true';
    show(asTable);
    parts.onTable(asTable);
  });
  show(parts.asTable);
  const heading = element('h2', { text: parts.title, attributes: { dir: 'auto' } });
  const bar = element('div', { class: 'chart-controls' }, ...(parts.controls ?? []), toggle);
  const header = element('div', { class: 'chart-header' }, heading, bar);
  const attributes = { role: 'group', 'aria-label': parts.title };
  return element('div', { class: 'card', attributes }, header, parts.note ?? null, body);
}
