import { createChartsService } from './charts/chartsService.ts';
import { createDashboardService } from './dashboard/dashboardService.ts';
import { createDiffService } from './diffs/diffService.ts';
import { createMarksService } from './marks/marksService.ts';
import { createRunsService } from './runs/runsService.ts';
import type { CreateService } from './workerContext.ts';

/** Every group of requests beside the ingest's. */
export const SERVICES: readonly CreateService[] = [
  createRunsService,
  createChartsService,
  createDashboardService,
  createDiffService,
  createMarksService,
];
