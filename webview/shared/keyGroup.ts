import { el } from './dom.ts';

/** A group of a help: a title, and keys or gestures with what they do. */
export function keyGroup(
  title: string,
  rows: readonly (readonly [keys: readonly string[], text: string])[],
): HTMLElement {
  return el(
    'section',
    {},
    el('h3', {}, title),
    el(
      'dl',
      {},
      ...rows.flatMap(([keys, text]) => [
        el('dt', {}, ...keys.flatMap((key, i) => [i > 0 ? ' ' : '', el('kbd', {}, key)])),
        el('dd', {}, text),
      ]),
    ),
  );
}
