import { describe, expect, it, vi } from 'vitest';
import type { CliIo } from '../../../src/cli/io.ts';
import { LiveLine } from '../../../src/cli/liveLine.ts';

function terminal(columns: number | undefined): { io: CliIo; written: string[] } {
  const written: string[] = [];
  const stderr = { columns, write: (text: string) => written.push(text) };
  return { io: { stderr } as unknown as CliIo, written };
}

describe('a live line', () => {
  it('is written over again and again, and taken away at the end', () => {
    vi.useFakeTimers();
    try {
      const { io, written } = terminal(20);
      let count = 0;
      const line = new LiveLine(io, () => `${(count += 1)} spans`, 100);
      vi.advanceTimersByTime(250);
      line.close();
      vi.advanceTimersByTime(1000);
      const clear = '\r\u001B[2K';
      expect(written).toEqual([`${clear}1 spans`, `${clear}2 spans`, `${clear}3 spans`, clear]);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    [10, 9],
    [0, 79],
    [undefined, 79],
  ])('fits a terminal of %s columns', (columns, width) => {
    const { io, written } = terminal(columns);
    new LiveLine(io, () => 'x'.repeat(200)).close();
    expect(written[0]!.replace('\r\u001B[2K', '')).toHaveLength(width);
  });
});
