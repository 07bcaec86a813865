import type { Scene, SpanPlace, VisibleRows } from '../model/scene.ts';
import { formatExtent } from '../../shared/amounts.ts';
import { VirtualTable } from '../../shared/virtualTable.ts';
import { flagWords } from './flagWords.ts';

/** Rows that are read into the table at most: beyond that a table helps nobody. */
const MOST_ROWS = 50_000;
const START_COLUMN = 2;

/** What the table leads to. */
export interface SpanTableListener {
  selected(place: SpanPlace): void;
  activated(place: SpanPlace): void;
}

/** The spans in sight as a table: the chart for those who do not see it. */
export class SpanTable {
  readonly table: VirtualTable<SpanPlace>;
  #scene: Scene | null = null;

  constructor(listener: SpanTableListener) {
    const amount = (value: number): string => formatExtent(value, this.#scene?.weightsUnit ?? null);
    const name = ({ nameId }: SpanPlace): string => this.#scene?.names.nameOf(nameId) ?? '';
    const track = ({ trackId }: SpanPlace): string =>
      this.#scene?.tracks.find(({ id }) => id === trackId)?.name ?? '';
    this.table = new VirtualTable<SpanPlace>({
      label: 'Visible spans',
      empty: 'No spans are visible here. Press 0 to show the whole run.',
      sortedBy: START_COLUMN,
      falling: false,
      onSelect: (place) => listener.selected(place),
      onActivate: (place) => listener.activated(place),
      columns: [
        {
          title: 'Name',
          width: 'minmax(140px, 3fr)',
          cell: (place) => name(place) || '(no name)',
          compare: (a, b) => name(a).localeCompare(name(b)),
        },
        {
          title: 'Track',
          width: 'minmax(80px, 1fr)',
          cell: track,
          compare: (a, b) => track(a).localeCompare(track(b)),
        },
        {
          title: 'Start',
          width: '96px',
          numeric: true,
          cell: ({ startNs }) => amount(startNs),
          compare: (a, b) => a.startNs - b.startNs || a.row - b.row,
        },
        {
          title: 'Duration',
          width: '96px',
          numeric: true,
          cell: ({ durationNs }) => amount(durationNs),
          compare: (a, b) => a.durationNs - b.durationNs,
        },
        {
          title: 'Depth',
          width: '56px',
          numeric: true,
          cell: ({ row }) => String(row + 1),
          compare: (a, b) => a.row - b.row,
        },
        {
          title: 'Marks',
          width: 'minmax(80px, 1fr)',
          cell: ({ flags }) => flagWords(flags).join(', '),
          compare: (a, b) => (a.flags & 7) - (b.flags & 7),
        },
      ],
    });
  }

  /** Reads the spans in sight anew. @returns how many there are */
  show(scene: Scene, visible: readonly VisibleRows[]): number {
    this.#scene = scene;
    const rows = spansIn(scene, visible);
    this.table.setRows(rows);
    const { selected } = scene;
    if (selected !== null) this.table.select(rows.find(({ span }) => span === selected.span));
    return rows.length;
  }
}

function spansIn({ store, view }: Scene, visible: readonly VisibleRows[]): SpanPlace[] {
  const places: SpanPlace[] = [];
  for (const { trackId, firstRow, lastRow } of visible) {
    for (let row = firstRow; row <= lastRow; row += 1) {
      for (const run of store.row(trackId, row)) {
        for (let i = run.from; i < run.to; i += 1) {
          const start = run.columns.start[i] ?? 0;
          if (start > view.toNs || places.length >= MOST_ROWS) break;
          if (start + (run.columns.duration[i] ?? 0) < view.fromNs) continue;
          places.push(store.place(trackId, run, i));
        }
      }
    }
  }
  return places;
}
