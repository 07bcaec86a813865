import type { VideoSummary } from '../../protocol/library.ts';
import { STAGE_TITLES } from '../../protocol/stage.ts';
import { isUrl } from '../documents/timeLinks.ts';
import { escapeMarkdown } from '../platform/escapeMarkdown.ts';
import { formatPercent, formatTime, plural } from '../platform/formatTime.ts';
import { titleText } from '../platform/titleText.ts';

/** A video as the Library view shows it. */
export interface VideoDescription {
  /** On one line, in the order it is read. */
  readonly title: string;
  readonly description: string;
  readonly icon: string;
  readonly iconColor: string | undefined;
  /** `video.<state>.<local|web>`, for the menus' when clauses. */
  readonly context: string;
  /** Markdown, with everything that came from outside escaped. */
  readonly tooltip: string;
}

/** VS Code cuts titles to the width of the view; longer ones tell nothing more. */
const MOST_CHARACTERS = 300;

const ICONS: Readonly<Record<VideoSummary['state'], readonly [icon: string, color?: string]>> = {
  ready: ['comment-discussion'],
  ingesting: ['sync~spin'],
  failed: ['error', 'list.errorForeground'],
  cancelled: ['circle-slash'],
  interrupted: ['debug-pause', 'list.warningForeground'],
};

/** @param progress what is known of a running ingest, better than the library's own state. */
export function describeVideo(video: VideoSummary, progress?: string): VideoDescription {
  const state = progress === undefined ? video.state : 'ingesting';
  const [icon, iconColor] = ICONS[state];
  return {
    title: titleText(video.title, MOST_CHARACTERS) || titleText(video.source, MOST_CHARACTERS),
    description: progress ?? summary(video).join(' · '),
    icon,
    iconColor,
    context: `video.${state}.${isUrl(video.source) ? 'web' : 'local'}`,
    tooltip: tooltip(video),
  };
}

/** State, duration, speakers and coverage, as far as they are known. */
export function summary(video: VideoSummary): string[] {
  const facts: string[] = [];
  if (video.state !== 'ready') facts.push(stateText(video));
  if (video.durationSeconds !== null) facts.push(formatTime(video.durationSeconds));
  if (video.speakers !== null) facts.push(plural(video.speakers, 'speaker'));
  if (video.coverage !== null) facts.push(`${formatPercent(video.coverage)} voices`);
  return facts;
}

function stateText({ state, stage }: VideoSummary): string {
  if (stage === null) return state;
  return state === 'ingesting'
    ? STAGE_TITLES[stage].toLowerCase()
    : `${state} at “${STAGE_TITLES[stage].toLowerCase()}”`;
}

function tooltip(video: VideoSummary): string {
  const { title, source } = video;
  const [name, place] = [titleText(title, MOST_CHARACTERS), titleText(source, MOST_CHARACTERS)];
  const lines = [`**${escapeMarkdown(name || place)}**`, escapeMarkdown(place)];
  lines.push(summary(video).join(' · '));
  if (video.language !== null) lines.push(`Language: ${escapeMarkdown(video.language)}`);
  if (video.errorMessage !== null) lines.push(`⚠ ${escapeMarkdown(video.errorMessage)}`);
  lines.push(`Added ${new Date(video.createdAt).toLocaleString()}`);
  return lines.join('\n\n');
}
