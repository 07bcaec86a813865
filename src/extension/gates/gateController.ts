import * as vscode from 'vscode';
import type { GateTests } from './gateTests.ts';

/**
 * The place of the gates in the Test Explorer.
 *
 * @param load called when the explorer is looked at
 */
export function createGateController(load: () => Promise<GateTests>): vscode.TestController {
  const controller = vscode.tests.createTestController('earshot.gates', 'Earshot Gates');
  controller.resolveHandler = async (item) => {
    if (item === undefined) await (await load()).discover();
  };
  controller.refreshHandler = async () => (await load()).find();
  controller.createRunProfile(
    'Gate',
    vscode.TestRunProfileKind.Run,
    async (request, token) => (await load()).run(request, token),
    true,
  );
  return controller;
}
