/** What an element may be made with. Text goes in as a child and is never read as markup. */
export interface ElementOptions {
  readonly class?: string;
  readonly on?: {
    readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void;
  };
  /** Attributes; one that is null or false is left out, one that is true stands empty. */
  readonly [attribute: string]: unknown;
}

type Child = Node | string | null;

/** What turns the direction of the text around it: a name that holds it reads as another one. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Makes an element with attributes, listeners and children. Marks that would turn the direction of a text are shown as signs. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: classes, on, ...attributes }: ElementOptions = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (classes !== undefined) element.className = classes;
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  for (const [type, listener] of Object.entries(on ?? {})) {
    element.addEventListener(type, listener as EventListener);
  }
  element.append(
    ...children
      .filter((child) => child !== null)
      .map((child) => (typeof child === 'string' ? inOrder(child) : child)),
  );
  return element;
}

/** Sets an attribute, or takes it away where the value is null or false. */
export function setAttribute(element: Element, name: string, value: unknown): void {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (value === true) element.setAttribute(name, '');
  else if (typeof value === 'string' || typeof value === 'number') {
    element.setAttribute(name, inOrder(String(value)));
  }
}

function inOrder(text: string): string {
  return text.replace(TURNS, '\ufffd');
}
