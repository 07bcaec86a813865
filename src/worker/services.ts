import { createDashboardService } from './dashboard/dashboardService.ts';
import { createMarksService } from './marks/marksService.ts';
import type { CreateService } from './workerContext.ts';

/** Every group of requests beside the ingest's. */
export const SERVICES: readonly CreateService[] = [createDashboardService, createMarksService];
