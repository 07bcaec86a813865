/*
 * While it is loaded the toolkit makes a style element to ask whether `:focus-visible` is known. The policy of a page forbids
 * such elements and would report it, so the question goes to a style sheet that belongs to no element. This module is
 * imported before the toolkit, and ended after it.
 */
class StandIn extends HTMLElement {
  readonly sheet = new CSSStyleSheet();
}
customElements.define('earshot-style-probe', StandIn);

const XHTML = 'http://www.w3.org/1999/xhtml';

Object.defineProperty(document, 'createElement', {
  configurable: true,
  value: (tag: string) =>
    document.createElementNS(XHTML, tag === 'style' ? 'earshot-style-probe' : tag),
});

/** Gives the page its own way of making elements back. */
export function endStyleProbe(): void {
  Reflect.deleteProperty(document, 'createElement');
}
