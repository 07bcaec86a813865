import { RpcError } from '../../src/protocol/rpcError.ts';
import { el } from './dom.ts';
import { icon, type IconName } from './icons.ts';

/** A button of a message. */
export interface MessageAction {
  readonly label: string;
  readonly run: () => void;
}

/** What stands where there is nothing to show, or where something failed: what, why, and what to do next. */
export function stateMessage(
  symbol: IconName,
  title: string,
  details: readonly string[],
  actions: readonly MessageAction[] = [],
): HTMLElement {
  return el(
    'div',
    { class: 'state-message' },
    icon(symbol),
    el('h2', {}, title),
    ...details.filter((text) => text !== '').map((text) => el('p', {}, text)),
    actions.length === 0
      ? null
      : el(
          'div',
          { class: 'state-actions' },
          ...actions.map(({ label, run }) =>
            el('button', { type: 'button', class: 'button', on: { click: run } }, label),
          ),
        ),
  );
}

/** The message of an error with its action and a way to try again. */
export function errorMessage(title: string, error: unknown, retry?: () => void): HTMLElement {
  const message = error instanceof Error ? error.message : String(error);
  const action = error instanceof RpcError ? error.action : '';
  const box = stateMessage(
    'error',
    title,
    [message, action],
    retry === undefined ? [] : [{ label: 'Try Again', run: retry }],
  );
  box.setAttribute('role', 'alert');
  return box;
}
