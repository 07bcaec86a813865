import * as vscode from 'vscode';
import { registerCommands } from './commands/registerCommands.ts';
import { SCHEME } from './documents/documentUris.ts';
import { EarshotFileSystem } from './documents/earshotFileSystem.ts';
import type { Features } from './features.ts';
import { createGateController } from './gates/gateController.ts';
import { JudgedFolders } from './marks/judgedFolders.ts';
import { registerPanels } from './panels/registerPanels.ts';
import { type Lazy, lazily } from './platform/lazily.ts';
import { LazyTree } from './platform/lazyTree.ts';
import { showError } from './platform/showError.ts';
import { TASK_TYPE } from './tasks/profileTask.ts';

let running: Lazy<Features> | undefined;

/**
 * Tells VS Code what there is. Every window does this, most of them never use it: what is behind it is a file of its own
 * (`features.ts`), loaded with the first use. Nothing that knows messages may be imported here but as a type.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Earshot', { log: true });
  context.subscriptions.push(log);
  try {
    const judged = new JudgedFolders();
    const features = lazily(async () => {
      const { createFeatures } = await import('./features.ts');
      return createFeatures({ context, log, judged, gates });
    });
    const gates = createGateController(async () => (await features()).gates);
    running = features;
    const showMarks = (): void => {
      features().catch((error: unknown) => showError(error, log));
    };
    context.subscriptions.push(
      judged,
      judged.onDidSee(showMarks),
      gates,
      ...registerPanels(async () => (await features()).services.panels),
      ...registerCommands(async (id, args) => (await features()).run(id, args), log),
      ...registerViews(features),
      vscode.workspace.registerFileSystemProvider(
        SCHEME,
        new EarshotFileSystem(async () => (await features()).services.documents),
        { isReadonly: true, isCaseSensitive: true },
      ),
      vscode.tasks.registerTaskProvider(TASK_TYPE, {
        provideTasks: async () => (await features()).tasks.provideTasks(),
        resolveTask: async (task) => (await features()).tasks.resolveTask(task),
      }),
    );
    if (judged.all.length > 0) showMarks();
  } catch (error) {
    // VS Code itself shows nothing when an activation throws.
    void showError(error, log);
    throw error;
  }
}

/** Ends the worker and every process it started. */
export async function deactivate(): Promise<void> {
  const features = await running?.asked;
  running = undefined;
  await features?.services.client.dispose();
}

function registerViews(features: Lazy<Features>): { dispose(): unknown }[] {
  const library = new LazyTree(async () => (await features()).library);
  const runs = new LazyTree(async () => (await features()).runs);
  return [
    library,
    vscode.window.registerTreeDataProvider('earshot.library', library),
    runs,
    vscode.window.createTreeView('earshot.runs', { treeDataProvider: runs, canSelectMany: true }),
  ];
}
