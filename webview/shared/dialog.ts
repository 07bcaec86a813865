import { el } from './dom.ts';
import { iconButton } from './icons.ts';

let dialogs = 0;

/**
 * Opens a modal dialog over the page: Esc closes it, the focus stays inside and goes back to where it was.
 *
 * @param onClose called once it has gone
 */
export function openDialog(
  title: string,
  content: readonly Node[],
  onClose: () => void = () => undefined,
): HTMLDialogElement {
  const titleId = `dialog-title-${++dialogs}`;
  const dialog = el(
    'dialog',
    { class: 'dialog', 'aria-labelledby': titleId },
    el(
      'header',
      { class: 'dialog-header' },
      el('h2', { id: titleId }, title),
      iconButton('close', 'Close', () => dialog.close()),
    ),
    el('div', { class: 'dialog-body', tabindex: 0 }, ...content),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    onClose();
  });
  dialog.addEventListener('click', (event) => {
    // The backdrop belongs to the dialog itself.
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Whether a dialog is open: keys belong to it. */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}
