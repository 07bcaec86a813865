import { describe, expect, test } from 'vitest';
import { executableNames } from '../../../../src/pipeline/media/findTool.ts';
import { compareVersions } from '../../../../src/pipeline/media/toolVersions.ts';

const windows = (variables: Record<string, string>) => ({ platform: 'win32', variables }) as const;

describe('the names of a command', () => {
  test('are one on Unix', () => {
    expect(executableNames('yt-dlp', { platform: 'linux', variables: {} })).toEqual(['yt-dlp']);
  });

  test('follow PATHEXT on Windows, without what needs a shell', () => {
    const environment = windows({ PathExt: '.COM;.EXE;.BAT;.CMD;.PY' });
    expect(executableNames('yt-dlp', environment)).toEqual(['yt-dlp.com', 'yt-dlp.exe']);
    expect(executableNames('node.exe', environment)).toEqual(['node.exe']);
    expect(executableNames('node', windows({}))).toEqual(['node.com', 'node.exe']);
  });
});

describe('versions', () => {
  test.each([
    ['2026.10.26', '2026.8.19', 1],
    ['2025.11.12', '2025.11.12.1', -1],
    ['22.0.0', '22.0.0', 0],
    ['3.9.18', '3.11', -1],
  ])('%s against %s', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
    expect(Math.sign(compareVersions(b, a)) + sign).toBe(0);
  });
});
