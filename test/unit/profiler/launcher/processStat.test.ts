import { describe, expect, it } from 'vitest';
import { parseProcessIo } from '../../../../src/profiler/launcher/linux/processIo.ts';
import { parseProcessStat } from '../../../../src/profiler/launcher/linux/processStat.ts';

const LINE =
  '42 (a) b (c)) S 7 40 39 0 -1 4194560 100 200 3 4 50 60 70 80 20 0 9 0 12345 1000000 250 18446744073709551615';

describe('a line of /proc/PID/stat', () => {
  it('is read behind a name with brackets and spaces', () => {
    expect(parseProcessStat(LINE)).toEqual({
      name: 'a) b (c)',
      state: 'S',
      parent: 7,
      session: 39,
      minorFaults: 100,
      childFaults: 200,
      cpuTicks: 50 + 60 + 70 + 80,
      threads: 9,
      startTicks: 12345,
      rssPages: 250,
    });
  });

  it.each(['', '42', '42 (a', ') S (', '42 (a) S 1 2'])('is none where it says “%s”', (text) => {
    expect(parseProcessStat(text)).toBeNull();
  });
});

describe('the text of /proc/PID/io', () => {
  it('tells what was asked for apart from what came from disks', () => {
    const text =
      'rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\ncancelled_write_bytes: 7\n';
    expect(parseProcessIo(text)).toEqual({
      readBytes: 1,
      writtenBytes: 2,
      diskReadBytes: 5,
      diskWrittenBytes: 6,
    });
  });

  it('is none where lines are missing', () => {
    expect(parseProcessIo('rchar: 1\n')).toBeNull();
  });
});
