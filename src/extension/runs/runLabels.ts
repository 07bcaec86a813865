import type { RunSummary } from '../../protocol/runMessages.ts';
import { escapeMarkdown } from '../platform/escapeMarkdown.ts';
import { titleText } from '../platform/titleText.ts';
import { withoutIcons } from '../platform/withoutIcons.ts';

const ICONS: Readonly<Record<string, readonly [icon: string, colour?: string]>> = {
  done: ['pass', 'testing.iconPassed'],
  failed: ['error', 'list.errorForeground'],
  cancelled: ['circle-slash'],
  interrupted: ['debug-pause', 'list.warningForeground'],
  running: ['sync~spin'],
};

/** The name of VS Code's icon for the state of a run, with its colour. An accepted run is told by its icon too. */
export function runIcon({
  status,
  accepted,
}: RunSummary): readonly [icon: string, colour?: string] {
  if (accepted && status === 'done') return ['verified-filled', 'testing.iconPassed'];
  return ICONS[status] ?? ['circle-outline'];
}

/** When a run began, as people of this place write it. */
export function runDate({ startedAt }: Pick<RunSummary, 'startedAt'>): string {
  const date = new Date(startedAt);
  if (Number.isNaN(date.getTime())) return startedAt;
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The same where there is little room: without the year where it is this one. */
export function shortRunDate(run: Pick<RunSummary, 'startedAt'>, now = new Date()): string {
  const date = new Date(run.startedAt);
  if (date.getFullYear() !== now.getFullYear()) return runDate(run);
  const [month, day, hour, minute] = ['short', 'numeric', '2-digit', '2-digit'] as const;
  return date.toLocaleString(undefined, { month, day, hour, minute });
}

/** `run.<status>.<accepted|open>.<video|own>`, for the `when` clauses of menus. */
export function runContext({ status, accepted, videoId }: RunSummary): string {
  return ['run', status, accepted ? 'accepted' : 'open', videoId === null ? 'own' : 'video'].join(
    '.',
  );
}

/** Markdown, with everything that came from outside escaped. */
export function runTooltip(run: RunSummary): string {
  const { id, name, series, kind, status, accepted, bytes } = run;
  const lines = [
    `**${escapeMarkdown(titleText(name) || id)}**`,
    `${escapeMarkdown(kind)} · ${escapeMarkdown(status)}${accepted ? ' · accepted as baseline' : ''}`,
    ...(series === name ? [] : [`Series: ${escapeMarkdown(titleText(series))}`]),
    `Began ${escapeMarkdown(runDate(run))} · ${sizeText(bytes)}`,
    `Run ${escapeMarkdown(id)}`,
  ];
  return lines.join('\n\n');
}

function sizeText(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes >= 1 ? `${mebibytes.toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} kB`;
}

/** A run as a line of a quick pick; all of it text that came from outside. */
export function runItem(run: RunSummary): { label: string; description: string; detail: string } {
  const [icon] = runIcon(run);
  const facts = [run.status, ...(run.accepted ? ['accepted'] : []), runDate(run)];
  const series = titleText(run.series);
  const name = titleText(run.name);
  return {
    label: `$(${icon.replace('~spin', '')}) ${withoutIcons(name) || run.id.slice(0, 8)}`,
    description: facts.join(' · '),
    detail: [run.kind, ...(series === name ? [] : [series])].map(withoutIcons).join(' · '),
  };
}
