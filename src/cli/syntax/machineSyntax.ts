import type { Command } from 'commander';
import { doctor } from '../commands/doctor.ts';
import { getModel, listModels } from '../commands/models.ts';
import { targets } from '../commands/targets.ts';
import type { Perform } from '../perform.ts';
import { examples } from './examples.ts';

/** What is about this machine and its settings: `models`, `doctor`, `targets`. */
export function addMachineCommands(program: Command, perform: Perform): void {
  const models = program
    .command('models')
    .description('List the models with licence and credit, or get another.')
    .addHelpText('after', examples(['models list', ''], ['models get NAME', 'download and check']));
  models
    .command('list')
    .description('List the models with licence and credit.')
    .addHelpText('after', examples(['models list', '']))
    .action(() => perform(listModels));
  models
    .command('get')
    .description('Download an optional model and check it.')
    .argument('<name>', 'name of the model, as models list shows it')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', examples(['models get NAME', '']))
    .action((name: string, flags: { yes?: boolean }) =>
      perform((session) => getModel(session, name, flags)),
    );
  program
    .command('doctor')
    .description('Check what Earshot needs, and say what to do.')
    .addHelpText('after', examples(['doctor', ''], ['doctor --json', 'for another program']))
    .action(() => perform(doctor));
  program
    .command('targets')
    .description('Show the limits that runs are held to, and where each comes from.')
    .addHelpText('after', examples(['targets', '']))
    .action(() => perform(targets));
}
