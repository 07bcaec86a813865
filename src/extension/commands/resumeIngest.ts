import { chooseVideo } from './chooseVideo.ts';
import type { Command } from './command.ts';

export const resumeIngest: Command = async (services, argument) => {
  const video = await chooseVideo(
    services,
    argument,
    'Video to go on with',
    ({ state }) => state !== 'ready' && state !== 'ingesting',
  );
  if (video) await services.ingester.ingest({ source: video.source }, video.title);
};
