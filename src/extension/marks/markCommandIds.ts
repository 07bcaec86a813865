/** Commands on one mark: targets of lenses, hovers and quick fixes, with the folder and the key of the mark. */
export const MARK_COMMANDS = {
  chart: 'earshot.marks.chart',
  compare: 'earshot.marks.compare',
  accept: 'earshot.marks.accept',
  explain: 'earshot.marks.explain',
  silence: 'earshot.marks.silence',
} as const;

export type MarkAction = keyof typeof MARK_COMMANDS;
