import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visibleRange } from '../../../../webview/shared/visibleRange.ts';

it('holds every row in sight, and few more, within the table', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(3000), fc.nat(50_000), (scrollTop, height, count) => {
      const { from, to } = visibleRange({ scrollTop, height, rowHeight: 22, spare: 8, count });
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(count);
      expect(to - from).toBeLessThanOrEqual(Math.ceil(height / 22) + 17);
      const first = Math.floor(scrollTop / 22);
      const last = Math.ceil((scrollTop + height) / 22);
      for (const row of [first, last - 1]) {
        if (row >= 0 && row < count && last > first) {
          expect(row >= from && row < to).toBe(true);
        }
      }
    }),
  );
});
