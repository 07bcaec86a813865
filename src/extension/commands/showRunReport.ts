import { chooseVideo } from './chooseVideo.ts';
import type { Command } from './command.ts';

export const showRunReport: Command = async (services, argument) => {
  const video = await chooseVideo(
    services,
    argument,
    'Video whose last run to report',
    ({ lastRunId }) => lastRunId !== null,
  );
  if (video) await services.open.runReport(video.lastRunId ?? video.id, video.title);
};
