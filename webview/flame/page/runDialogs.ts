import type { ChartHeader } from '../../../src/protocol/chart.ts';
import { formatNumber } from '../../../src/profiler/report/formatNumber.ts';
import { openDialog } from '../../shared/dialog.ts';
import { el } from '../../shared/dom.ts';

/** Rows of the input that could not be read, with their places and reasons. */
export function openRejected({ run }: ChartHeader): void {
  const { rejected, rejections } = run;
  openDialog('Rejected Rows', [
    el(
      'p',
      { class: 'muted' },
      rejected > rejections.length
        ? `The first ${formatNumber(rejections.length)} of ${formatNumber(rejected)}. Everything else was read.`
        : 'Everything else was read.',
    ),
    el(
      'ol',
      { class: 'pane-list rejections' },
      ...rejections.map(({ file, offset, reason }) =>
        el(
          'li',
          {},
          el('span', {}, reason),
          el('span', { class: 'muted' }, ` ${file}, byte ${formatNumber(offset)}`),
        ),
      ),
    ),
  ]);
}

/** What was noticed when the run was read. */
export function openNotes({ run }: ChartHeader): void {
  openDialog('Notes', [
    el('ul', { class: 'pane-list' }, ...run.notes.map((note) => el('li', {}, note))),
  ]);
}
