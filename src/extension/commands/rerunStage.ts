import * as vscode from 'vscode';
import { STAGE_IDS, STAGE_TITLES, type StageId } from '../../protocol/stage.ts';
import { chooseVideo } from './chooseVideo.ts';
import type { Command } from './command.ts';

export const rerunStage: Command = async (services, argument) => {
  const video = await chooseVideo(services, argument, 'Video to repeat a stage of');
  if (!video) return;
  const stage = await askStage(video.title);
  if (!stage) return;
  const alone = await askExtent(stage);
  if (alone === undefined) return;
  const extent = alone ? { only: stage } : { from: stage };
  await services.ingester.rerun({ id: video.id, ...extent }, video.title);
};

async function askStage(title: string): Promise<StageId | undefined> {
  const items = STAGE_IDS.map((stage) => ({
    label: STAGE_TITLES[stage],
    description: stage,
    stage,
  }));
  const placeHolder = 'Stage to repeat';
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.stage;
}

async function askExtent(stage: StageId): Promise<boolean | undefined> {
  const items = [
    {
      label: 'This stage and all after it',
      description: STAGE_IDS.slice(STAGE_IDS.indexOf(stage)).join(' → '),
      alone: false,
    },
    { label: 'Only this stage', description: 'and publish what it changed', alone: true },
  ];
  return (await vscode.window.showQuickPick(items, { title: STAGE_TITLES[stage] }))?.alone;
}
