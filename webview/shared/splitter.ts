import { el } from './dom.ts';

const STEP_PIXELS = 24;

/** How a splitter sizes the pane behind it: at the right or at the bottom of what it stands in. */
export interface SplitterOptions {
  readonly label: string;
  readonly side: () => 'right' | 'bottom';
  readonly size: () => number;
  readonly limits: () => { readonly min: number; readonly max: number };
  /** Called while it is being moved, and with `done` when it rests. */
  readonly resize: (pixels: number, done: boolean) => void;
}

/** A bar between two panes that mouse and arrow keys move. */
export function splitter(options: SplitterOptions): HTMLElement {
  const { label, side, size, limits, resize } = options;
  const bar = el('div', { class: 'splitter', role: 'separator', tabindex: 0, 'aria-label': label });
  const set = (pixels: number, done: boolean): void => {
    const { min, max } = limits();
    resize(Math.round(Math.max(min, Math.min(max, pixels))), done);
    describe();
  };
  const describe = (): void => {
    const { min, max } = limits();
    bar.setAttribute('aria-orientation', side() === 'right' ? 'vertical' : 'horizontal');
    bar.setAttribute('aria-valuemin', String(Math.round(min)));
    bar.setAttribute('aria-valuemax', String(Math.round(Math.max(min, max))));
    bar.setAttribute('aria-valuenow', String(Math.round(Math.max(min, Math.min(max, size())))));
  };
  bar.addEventListener('focus', describe);
  bar.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return;
    down.preventDefault();
    bar.setPointerCapture(down.pointerId);
    bar.focus();
    const start = side() === 'right' ? down.clientX : down.clientY;
    const before = size();
    const moved = (event: PointerEvent): number =>
      before + start - (side() === 'right' ? event.clientX : event.clientY);
    const move = (event: PointerEvent): void => set(moved(event), false);
    bar.addEventListener('pointermove', move);
    bar.addEventListener(
      'lostpointercapture',
      () => {
        bar.removeEventListener('pointermove', move);
        set(size(), true);
      },
      { once: true },
    );
  });
  bar.addEventListener('keydown', (event) => {
    const bigger = side() === 'right' ? 'ArrowLeft' : 'ArrowUp';
    const smaller = side() === 'right' ? 'ArrowRight' : 'ArrowDown';
    if (event.key !== bigger && event.key !== smaller) return;
    event.preventDefault();
    event.stopPropagation();
    set(size() + (event.key === bigger ? STEP_PIXELS : -STEP_PIXELS), true);
  });
  describe();
  return bar;
}
