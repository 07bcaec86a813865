import * as vscode from 'vscode';
import type { PanelSettings } from '../../protocol/panelMessages.ts';

const KEYS = ['earshot.chart.wheel', 'workbench.reduceMotion'];

/** What pages follow of the person's settings. */
export function panelSettings(): PanelSettings {
  const settings = vscode.workspace.getConfiguration();
  return {
    wheel: settings.get<unknown>('earshot.chart.wheel') === 'scroll' ? 'scroll' : 'zoom',
    reducedMotion: settings.get<unknown>('workbench.reduceMotion') === 'on',
  };
}

/** Whether a change of settings is one that pages follow. */
export function concernsPanels(change: vscode.ConfigurationChangeEvent): boolean {
  return KEYS.some((key) => change.affectsConfiguration(key));
}
