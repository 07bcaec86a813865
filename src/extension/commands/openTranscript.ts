import { chooseVideo } from './chooseVideo.ts';
import type { Command } from './command.ts';

export const openTranscript: Command = async (services, argument) => {
  const video = await chooseVideo(
    services,
    argument,
    'Transcript to open',
    ({ state }) => state === 'ready',
  );
  if (video) await services.open.transcript(video.id);
};
