import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { registerCommands } from '../../../src/extension/commands/registerCommands.ts';
import { PANEL_KINDS } from '../../../src/extension/panels/panelKinds.ts';
import { WORKER_SETTINGS } from '../../../src/extension/platform/settings.ts';

const registered: string[] = [];
vi.mock('vscode', () => ({
  commands: { registerCommand: (id: string) => registered.push(id) },
}));

interface Manifest {
  activationEvents: string[];
  contributes: {
    commands: { command: string; title: string; category: string }[];
    menus: Record<string, { command: string }[]>;
    configuration: { properties: Record<string, { markdownDescription: string; scope: string }> };
    viewsWelcome: { contents: string }[];
    grammars: { path: string }[];
    jsonValidation: { url: string }[];
    walkthroughs: {
      steps: {
        description: string;
        media: { markdown?: string; svg?: string; altText?: string };
      }[];
    }[];
    customEditors: {
      viewType: string;
      priority: string;
      selector: { filenamePattern: string }[];
    }[];
    keybindings?: { command: string; when?: string }[];
  };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  icon: string;
}

const root = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const { contributes, capabilities } = manifest;
const settings = contributes.configuration.properties;

describe('the manifest', () => {
  it('contributes every command that is registered, and no other', () => {
    registerCommands(() => Promise.resolve(), {} as never);
    const contributed = contributes.commands.map(({ command }) => command);
    // The target of links alone: in the palette it would have nothing to open.
    expect([...contributed, 'earshot.openSourceAt'].sort()).toEqual(registered.toSorted());
    for (const { category } of contributes.commands) expect(category).toBe('Earshot');
  });

  it('names the commands as the documentation does', () => {
    const titles = contributes.commands.map(({ title }) => title);
    expect(titles).toEqual(
      expect.arrayContaining([
        'Ingest YouTube URL',
        'Ingest Media File…',
        'Re-run Stage…',
        'Force Re-ingest',
        'Cancel Ingest',
        'Open Transcript…',
        'Search Transcripts…',
        'Show Run Report',
        'Run Doctor',
        'Show Log',
      ]),
    );
  });

  it('uses only its own commands in menus and welcome views', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    const used = Object.values(contributes.menus).flatMap((items) =>
      items.map(({ command }) => command),
    );
    const texts = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.description)),
    ];
    for (const text of texts) {
      const named = [...text.matchAll(/command:([\w.]+)/g)].map((match) => match[1]!);
      used.push(...named.filter((command) => !command.startsWith('workbench.')));
    }
    expect(used.filter((command) => !known.has(command))).toEqual([]);
  });

  it('describes every setting, and restricts in untrusted workspaces those that name programs', () => {
    for (const key of WORKER_SETTINGS) expect(settings).toHaveProperty([key]);
    for (const { markdownDescription } of Object.values(settings)) {
      expect(markdownDescription).toMatch(/\.$/);
    }
    const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
    for (const key of restrictedConfigurations) expect(settings).toHaveProperty([key]);
    for (const key of ['earshot.ffmpegPath', 'earshot.ytDlpPath', 'earshot.home']) {
      expect(restrictedConfigurations).toContain(key);
      expect(settings[key]!.scope).toBe('machine-overridable');
    }
  });

  it('names files that are there', () => {
    const files = [
      manifest.icon,
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.jsonValidation.map(({ url }) => url),
      ...contributes.walkthroughs.flatMap(({ steps }) =>
        steps.map(({ media }) => media.markdown ?? media.svg ?? 'neither text nor picture'),
      ),
    ];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('opens files only when asked, describes its pictures, and takes no key outside of its panels', () => {
    for (const { viewType, priority } of contributes.customEditors) {
      expect([viewType, priority]).toEqual(['earshot.profile', 'option']);
    }
    for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      if (media.svg !== undefined) expect(media.altText).toMatch(/\.$/);
    }
    for (const { when } of contributes.keybindings ?? []) expect(when).toMatch(/earshot\./);
  });

  it('wakes for each kind of panel that is to be restored', () => {
    for (const { viewType } of Object.values(PANEL_KINDS)) {
      expect(manifest.activationEvents).toContain(`onWebviewPanel:${viewType}`);
    }
    expect(manifest.activationEvents).not.toContain('*');
  });
});
