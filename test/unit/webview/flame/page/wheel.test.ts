import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GestureGuard, wheelEffect, zoomFactor } from '../../../../../webview/flame/page/wheel.ts';

const turn = { dx: 0, dy: 40, ctrl: false, shift: false, alt: false };

describe('zoomFactor', () => {
  it('is 1 + dy/100, within a tenth and ten', () => {
    expect(zoomFactor(0)).toBe(1);
    expect(zoomFactor(25)).toBe(1.25);
    expect(zoomFactor(1e6)).toBe(10);
    expect(zoomFactor(-1e6)).toBe(0.1);
  });

  it('comes back to where it was when the wheel does', () => {
    fc.assert(
      fc.property(fc.double({ min: -800, max: 800, noNaN: true }), (dy) => {
        expect(zoomFactor(dy) * zoomFactor(-dy)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('wheelEffect', () => {
  it('zooms by the wheel where that is set, and always with Ctrl', () => {
    expect(wheelEffect(turn, 'zoom')).toEqual({ kind: 'zoom', factor: 1.4 });
    expect(wheelEffect({ ...turn, ctrl: true }, 'scroll')).toEqual({ kind: 'zoom', factor: 1.4 });
  });

  it('scrolls by the wheel where that is set', () => {
    expect(wheelEffect({ ...turn, dx: 3 }, 'scroll')).toEqual({ kind: 'pan', dx: 3, dy: 40 });
  });

  it('pans with Shift and scrolls with Alt', () => {
    expect(wheelEffect({ ...turn, shift: true }, 'zoom')).toEqual({ kind: 'pan', dx: 40, dy: 0 });
    expect(wheelEffect({ ...turn, alt: true }, 'zoom')).toEqual({ kind: 'pan', dx: 0, dy: 40 });
    const sideways = { ...turn, dx: 40, dy: 0, shift: true };
    expect(wheelEffect(sideways, 'zoom')).toEqual({ kind: 'pan', dx: 40, dy: 0 });
  });

  it('pans by a sideways turn', () => {
    expect(wheelEffect({ ...turn, dx: -80, dy: 2 }, 'zoom')).toEqual({
      kind: 'pan',
      dx: -80,
      dy: 2,
    });
  });
});

describe('GestureGuard', () => {
  const pan = wheelEffect(turn, 'scroll');
  const zoom = wheelEffect({ ...turn, ctrl: true }, 'scroll');

  it('lets no pan become a zoom until the wheel rests for two frames', () => {
    const guard = new GestureGuard();
    expect(guard.allows(pan, 0)).toBe(true);
    expect(guard.allows(zoom, 16)).toBe(false);
    expect(guard.allows(zoom, 32)).toBe(false);
    expect(guard.allows(pan, 48)).toBe(true);
    expect(guard.allows(zoom, 100)).toBe(true);
    expect(guard.allows(pan, 110)).toBe(false);
  });
});
