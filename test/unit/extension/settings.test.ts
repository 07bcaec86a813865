import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { workerOptions } from '../../../src/extension/platform/settings.ts';

const editor = vi.hoisted((): { values: Record<string, unknown>; trusted: boolean } => ({
  values: {},
  trusted: true,
}));
vi.mock('vscode', () => ({
  workspace: {
    getConfiguration: () => ({
      get: (key: string, fallback: unknown) => editor.values[key] ?? fallback,
    }),
    workspaceFolders: [
      { uri: { scheme: 'vscode-vfs', fsPath: '/virtual' } },
      { uri: { scheme: 'file', fsPath: '/projects/talks' } },
    ],
    get isTrusted() {
      return editor.trusted;
    },
  },
}));

beforeEach(() => {
  editor.values = {};
  editor.trusted = true;
});

it('leaves what is not set to the defaults of the pipeline', () => {
  expect(workerOptions()).toEqual({
    home: undefined,
    ffmpegPath: undefined,
    ytDlpPath: undefined,
    allowManagedYtDlp: false,
    keepPcm: false,
    inferenceProcesses: undefined,
    recognitionModel: undefined,
    targets: {},
    workspace: '/projects/talks',
  });
});

it('expands the home folder, and nothing that only looks like it', () => {
  editor.values = { home: '~/talks', ffmpegPath: ' /opt/ffmpeg ', ytDlpPath: '~other/yt-dlp' };
  expect(workerOptions()).toMatchObject({
    home: join(homedir(), 'talks'),
    ffmpegPath: '/opt/ffmpeg',
    ytDlpPath: '~other/yt-dlp',
  });
});

it('takes values of a wrong type as not set', () => {
  editor.values = {
    home: 5,
    keepPcm: 'yes',
    inferenceProcesses: 1.5,
    targets: { 'real-time-factor': '0.03', 'voice-coverage': 0.9 },
  };
  expect(workerOptions()).toMatchObject({
    home: undefined,
    keepPcm: false,
    inferenceProcesses: undefined,
    targets: { 'voice-coverage': 0.9 },
  });
});

it('does not read the configuration of a workspace that is not trusted', () => {
  editor.trusted = false;
  expect(workerOptions().workspace).toBeUndefined();
});
