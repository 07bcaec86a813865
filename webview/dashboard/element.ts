import { el } from '../shared/dom.ts';

type Child = Node | string | null;

/** What an element is made with. */
export interface ElementProperties {
  readonly class?: string;
  /** Set as text, whatever it holds. */
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

/** Makes an element, of the toolkit's too; strings among the children are text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties?: ElementProperties,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K];
export function element(
  tag: string,
  properties?: ElementProperties,
  ...children: readonly Child[]
): HTMLElement;
export function element(
  tag: string,
  { text, attributes, onClick, ...rest }: ElementProperties = {},
  ...children: readonly Child[]
): HTMLElement {
  const on = onClick === undefined ? {} : { on: { click: onClick } };
  return el(tag as 'div', { ...attributes, ...rest, ...on }, text ?? null, ...children);
}

/** A button of the toolkit. */
export function button(
  label: string,
  onClick: () => void,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElement {
  return element('vscode-button', {
    text: label,
    attributes: { appearance: 'secondary', ...attributes },
    onClick,
  });
}
