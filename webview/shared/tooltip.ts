import { el } from './dom.ts';

const GAP_PIXELS = 14;

/** A box of text beside the pointer. What it says is told to screen readers elsewhere. */
export class Tooltip {
  readonly element = el('div', { class: 'tooltip', 'aria-hidden': 'true', hidden: true });

  /** Shows lines at a point of the window, the first of them strong. */
  show(clientX: number, clientY: number, lines: readonly (string | Node)[]): void {
    this.element.replaceChildren(
      ...lines.map((line, i) =>
        el('div', { class: i === 0 ? 'tooltip-title' : 'tooltip-line' }, line),
      ),
    );
    this.element.hidden = false;
    const { width, height } = this.element.getBoundingClientRect();
    const right = clientX + GAP_PIXELS;
    const below = clientY + GAP_PIXELS;
    const x = right + width > innerWidth ? clientX - GAP_PIXELS - width : right;
    const y = below + height > innerHeight ? clientY - GAP_PIXELS - height : below;
    this.element.style.transform = `translate(${Math.max(2, x)}px, ${Math.max(2, y)}px)`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
