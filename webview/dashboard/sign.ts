import { element } from './element.ts';

/** What something is to a person; the colour of its sign, never the only thing that tells it. */
export type Tone = 'bad' | 'good' | 'maybe' | 'same' | 'unknown';

/** A sign in the colour of its tone. It says nothing to a screen reader: the word beside it does. */
export function signOf(sign: string, tone: Tone): HTMLElement {
  const made = element('span', {
    class: `sign tone-${tone}`,
    attributes: { 'aria-hidden': 'true' },
  });
  made.dataset['sign'] = sign;
  return made;
}

/** A sentence that something failed. */
export function failureText(text: string): HTMLElement {
  return element('p', { attributes: { role: 'alert' } }, signOf('✕', 'bad'), ` ${text}`);
}
