import { createEarshot } from '../pipeline/createEarshot.ts';
import { defaultHome } from '../pipeline/home.ts';
import { renderDocument } from '../pipeline/transcript/document.ts';
import { parentTransport } from './parentTransport.ts';
import { WorkerServer } from './workerServer.ts';

new WorkerServer(parentTransport(), {
  open: createEarshot,
  defaultHome,
  renderDocument,
  exit: (code) => process.exit(code),
});
