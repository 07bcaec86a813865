import { describe, expect, it } from 'vitest';
import { actionOf, KEYS, keyLabel, keysOf } from '../../../../../webview/flame/page/keyMap.ts';

const stroke = (key: string, modifiers: { ctrl?: true; alt?: true; shift?: true } = {}) =>
  actionOf({ key, ctrl: false, alt: false, shift: false, ...modifiers });

describe('keys', () => {
  it('gives each key one meaning', () => {
    const keys = KEYS.flatMap((entry) => entry.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does for each key of the table what the table says', () => {
    for (const { action, keys } of KEYS) {
      for (const name of keys) {
        const parts = name === '+' ? ['+'] : name.split('+');
        const key = parts.at(-1) ?? '';
        const has = (modifier: string) => parts.slice(0, -1).includes(modifier);
        expect(actionOf({ key, ctrl: has('Ctrl'), alt: has('Alt'), shift: has('Shift') })).toBe(
          action,
        );
      }
    }
  });

  it('takes no chord of VS Code but that of searching', () => {
    for (const { keys } of KEYS) {
      for (const key of keys) {
        const taken = stroke(key.split('+').at(-1) ?? '', { ctrl: true });
        expect(taken === null || taken === 'search').toBe(true);
      }
    }
    expect(stroke('f', { ctrl: true })).toBe('search');
    expect(stroke('w', { ctrl: true })).toBeNull();
    expect(stroke('ArrowLeft', { alt: true })).toBeNull();
    expect(stroke('p', { ctrl: true, shift: true })).toBeNull();
  });

  it('understands letters with caps lock, and signs however they are typed', () => {
    expect(stroke('W')).toBe('zoom-in');
    expect(stroke('W', { shift: true })).toBe('zoom-in');
    expect(stroke('?', { shift: true })).toBe('help');
    expect(stroke('+', { shift: true })).toBe('zoom-in');
    expect(stroke('/', { shift: true })).toBe('search');
  });

  it('steps back through matches with Shift alone', () => {
    expect(stroke('n')).toBe('next-hit');
    expect(stroke('N', { shift: true })).toBe('previous-hit');
  });

  it('leaves other keys alone', () => {
    for (const key of ['Tab', 'F1', 'Shift', ' ', 'Delete', 'z', 'Dead']) {
      expect(stroke(key)).toBeNull();
    }
  });

  it('names keys as they are printed', () => {
    expect(['Shift+ArrowLeft', 'w', '+', 'Ctrl+f', 'Escape'].map(keyLabel)).toEqual([
      'Shift+←',
      'W',
      '+',
      'Ctrl+F',
      'Esc',
    ]);
    expect(keysOf('search')).toBe('/');
  });
});
