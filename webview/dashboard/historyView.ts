import type { DashboardRun } from '../../src/protocol/runMessages.ts';
import type { z } from 'zod';
import type { GetDashboard } from '../../src/protocol/runMessages.ts';

/** The answer of the worker that is shown. */
export type Dashboard = z.output<typeof GetDashboard.result>;

/** What every chart of the history needs. */
export interface HistoryView {
  readonly dashboard: Dashboard;
  readonly runs: readonly DashboardRun[];
  /** Place of the selected run, or -1. */
  readonly selected: number;
  readonly animated: boolean;
  readonly choose: (index: number) => void;
}
