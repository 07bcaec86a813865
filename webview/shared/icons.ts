import { el } from './dom.ts';

/** The icons of VS Code that pages use, by their names there. */
export type IconName =
  | 'arrow-down'
  | 'arrow-up'
  | 'check'
  | 'chevron-down'
  | 'chevron-right'
  | 'close'
  | 'copy'
  | 'error'
  | 'export'
  | 'go-to-file'
  | 'graph'
  | 'info'
  | 'layout-sidebar-right'
  | 'layout-panel'
  | 'loading'
  | 'milestone'
  | 'pass'
  | 'question'
  | 'save'
  | 'screen-full'
  | 'search'
  | 'table'
  | 'target'
  | 'warning'
  | 'lightbulb'
  | 'sync'
  | 'circle-slash'
  | 'dash'
  | 'git-compare';

/** An icon that says nothing to a screen reader: the text beside it, or the label of its button, does. */
export function icon(name: IconName): HTMLElement {
  return el('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** The icon of a severity in its colour. */
export function severityIcon(severity: 'error' | 'warning' | 'info'): HTMLElement {
  const mark = icon(severity);
  mark.classList.add(`severity-${severity}`);
  return mark;
}

/** A button of an icon alone, with its name as label and tooltip. */
export function iconButton(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  return el(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': label,
      title: label,
      on: { click: onClick },
    },
    icon(name),
  );
}
