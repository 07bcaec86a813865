import * as vscode from 'vscode';
import type { VideoSummary } from '../../protocol/library.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { describeVideo } from './describeVideo.ts';
import type { Library } from './library.ts';

/** The Library in the activity bar: one line a video, newest first. */
export class LibraryView implements vscode.TreeDataProvider<VideoSummary>, vscode.Disposable {
  readonly #library: Library;
  readonly #jobs: Jobs;
  readonly #changed = new vscode.EventEmitter<VideoSummary | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];
  #shown: VideoSummary[] = [];

  constructor(library: Library, jobs: Jobs) {
    this.#library = library;
    this.#jobs = jobs;
    this.#subscriptions = [
      library.onDidChange(() => this.#changed.fire(undefined)),
      jobs.onDidProgress((id) => {
        const video = this.#shown.find((shown) => shown.id === id);
        if (video) this.#changed.fire(video);
      }),
    ];
  }

  async getChildren(parent?: VideoSummary): Promise<VideoSummary[]> {
    if (parent) return [];
    const videos = await this.#library.videos();
    this.#shown = videos.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    return this.#shown;
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(video: VideoSummary): vscode.TreeItem {
    const shown = describeVideo(video, this.#jobs.progressOf(video.id));
    const item = new vscode.TreeItem(shown.title);
    item.id = video.id;
    item.description = shown.description;
    item.contextValue = shown.context;
    item.iconPath = new vscode.ThemeIcon(
      shown.icon,
      shown.iconColor === undefined ? undefined : new vscode.ThemeColor(shown.iconColor),
    );
    item.tooltip = new vscode.MarkdownString(shown.tooltip);
    item.accessibilityInformation = { label: `${shown.title}, ${shown.description}` };
    if (video.state === 'ready') {
      item.command = {
        command: 'earshot.openTranscript',
        title: 'Open Transcript',
        arguments: [video],
      };
    }
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
