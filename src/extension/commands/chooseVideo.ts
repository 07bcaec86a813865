import * as vscode from 'vscode';
import { VideoSummary } from '../../protocol/library.ts';
import { describeVideo } from '../library/describeVideo.ts';
import { titleText } from '../platform/titleText.ts';
import { withoutIcons } from '../platform/withoutIcons.ts';
import type { CommandServices } from './command.ts';

/** Longer paths and addresses tell nothing more. */
const MOST_CHARACTERS = 300;

/**
 * The video that a command is about: the one of the tree item it came from, or the person's choice.
 * Undefined where nothing was chosen.
 */
export async function chooseVideo(
  { library }: CommandServices,
  argument: unknown,
  placeHolder: string,
  suits: (video: VideoSummary) => boolean = () => true,
): Promise<VideoSummary | undefined> {
  const given = VideoSummary.safeParse(argument);
  if (given.success) return given.data;
  const videos = (await library.refresh()).filter(suits);
  if (videos.length === 0) {
    void vscode.window.showInformationMessage(
      'There is no such video in the library yet. Run “Earshot: Ingest YouTube URL” or “Earshot: Ingest Media File…” first.',
    );
    return undefined;
  }
  const items = videos
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
    .map((video) => {
      const { title, description } = describeVideo(video);
      const detail = withoutIcons(titleText(video.source, MOST_CHARACTERS));
      return { label: withoutIcons(title), description, detail, video };
    });
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.video;
}
