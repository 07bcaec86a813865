import { createEarshot } from '../pipeline/createEarshot.ts';
import { defaultHome, homeLayout } from '../pipeline/home.ts';
import { renderDocument } from '../pipeline/transcript/document.ts';
import { openLibraryAt } from '../store/library.ts';
import { parentTransport } from './parentTransport.ts';
import { SERVICES } from './services.ts';
import { WorkerServer } from './workerServer.ts';

new WorkerServer(parentTransport(), {
  open: createEarshot,
  defaultHome,
  renderDocument,
  openLibrary: (home) => openLibraryAt(homeLayout(home).library),
  services: SERVICES,
  exit: (code) => process.exit(code),
});
