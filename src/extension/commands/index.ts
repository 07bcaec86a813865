import { acceptRun, withdrawRun } from './acceptRun.ts';
import { cancelIngest } from './cancelIngest.ts';
import type { Command } from './command.ts';
import type { CommandId } from './commandIds.ts';
import { compareRuns } from './compareRuns.ts';
import { exportRun } from './exportRun.ts';
import { forceReingest } from './forceReingest.ts';
import { getModel } from './getModel.ts';
import { importProfile } from './importProfile.ts';
import { ingestFile } from './ingestFile.ts';
import { ingestSample } from './ingestSample.ts';
import { ingestUrl } from './ingestUrl.ts';
import { openProfile } from './openProfile.ts';
import { openSourceAt } from './openSourceAt.ts';
import { openTranscript } from './openTranscript.ts';
import { profileLaunch } from './profileLaunch.ts';
import { profileTaskCommand } from './profileTaskCommand.ts';
import { refreshLibrary } from './refreshLibrary.ts';
import { refreshRuns } from './refreshRuns.ts';
import { removeRun } from './removeRun.ts';
import { removeVideo } from './removeVideo.ts';
import { rerunStage } from './rerunStage.ts';
import { restartWorker } from './restartWorker.ts';
import { resumeIngest } from './resumeIngest.ts';
import { revealSource } from './revealSource.ts';
import { runDoctor } from './runDoctor.ts';
import { searchTranscripts } from './searchTranscripts.ts';
import { showDashboard } from './showDashboard.ts';
import { showFlameChart } from './showFlameChart.ts';
import { showLog } from './showLog.ts';
import { showModels } from './showModels.ts';
import { showRegressions, showSilenced } from './showRegressions.ts';
import { showRunReport } from './showRunReport.ts';

/** What each command does. */
export const COMMANDS: Readonly<Record<CommandId, Command>> = {
  'earshot.ingestUrl': ingestUrl,
  'earshot.ingestFile': ingestFile,
  'earshot.ingestSample': ingestSample,
  'earshot.rerunStage': rerunStage,
  'earshot.forceReingest': forceReingest,
  'earshot.resumeIngest': resumeIngest,
  'earshot.cancelIngest': cancelIngest,
  'earshot.openTranscript': openTranscript,
  'earshot.searchTranscripts': searchTranscripts,
  'earshot.showRunReport': showRunReport,
  'earshot.showRegressions': showRegressions,
  'earshot.showSilenced': showSilenced,
  'earshot.exportRun': exportRun,
  'earshot.showFlameChart': showFlameChart,
  'earshot.showDashboard': showDashboard,
  'earshot.compareRuns': compareRuns,
  'earshot.openProfile': openProfile,
  'earshot.openWith': openProfile,
  'earshot.importProfile': importProfile,
  'earshot.acceptRun': acceptRun,
  'earshot.withdrawRun': withdrawRun,
  'earshot.removeRun': removeRun,
  'earshot.refreshRuns': refreshRuns,
  'earshot.profileTask': profileTaskCommand,
  'earshot.profileLaunch': profileLaunch,
  'earshot.runDoctor': runDoctor,
  'earshot.showModels': showModels,
  'earshot.getModel': getModel,
  'earshot.showLog': showLog,
  'earshot.refreshLibrary': refreshLibrary,
  'earshot.revealSource': revealSource,
  'earshot.openSourceAt': openSourceAt,
  'earshot.removeVideo': removeVideo,
  'earshot.restartWorker': restartWorker,
};
