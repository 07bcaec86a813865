type Child = Node | string | null;

/** What an element is made with. */
export interface ElementProperties {
  readonly class?: string;
  /** Set as text, whatever it holds. */
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: (event: MouseEvent) => void;
}

/** Makes an element; strings among the children are text. */
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
  properties: ElementProperties = {},
  ...children: readonly Child[]
): HTMLElement {
  const made = document.createElement(tag);
  const { class: classes, text, attributes = {}, onClick } = properties;
  if (classes !== undefined) made.className = classes;
  if (text !== undefined) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (onClick !== undefined) made.addEventListener('click', onClick);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button of the toolkit. */
export function button(
  label: string,
  onClick: () => void,
  properties: ElementProperties = {},
): HTMLElement {
  const made = element('vscode-button', { text: label, ...properties, onClick });
  made.setAttribute('appearance', properties.attributes?.['appearance'] ?? 'secondary');
  return made;
}
