import { el } from './dom.ts';
import { icon, type IconName } from './icons.ts';

/** An entry of a menu; null makes a line between two groups. */
export type MenuEntry = { readonly label: string; readonly run: () => void } | null;

/** A button that opens a menu below it, with the keys of a menu. */
export function menuButton(
  symbol: IconName,
  label: string,
  entries: () => readonly MenuEntry[],
): HTMLElement {
  const button = el(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': label,
      title: label,
      on: { click: () => (menu.hidden ? open() : close(true)) },
    },
    icon(symbol),
  );
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': label, hidden: true });
  const items = (): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const open = (): void => {
    menu.replaceChildren(...entries().map((entry) => (entry ? item(entry) : el('hr'))));
    menu.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    items()[0]?.focus();
  };
  const close = (giveBack: boolean): void => {
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    if (giveBack) button.focus();
  };
  const item = ({ label: text, run }: NonNullable<MenuEntry>): HTMLElement =>
    el(
      'button',
      {
        type: 'button',
        role: 'menuitem',
        tabindex: -1,
        on: {
          click: () => {
            close(true);
            run();
          },
        },
      },
      text,
    );
  menu.addEventListener('keydown', (event) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all.at(to % all.length)?.focus();
    else if (event.key === 'Escape') close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const box = el('div', { class: 'menu-button' }, button, menu);
  box.addEventListener('focusout', (event) => {
    if (!box.contains(event.relatedTarget as Node | null)) close(false);
  });
  return box;
}
