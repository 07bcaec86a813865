import * as vscode from 'vscode';
import { isShown } from './inlineSettings.ts';
import { lineEndText, type Look, lookOf } from './markText.ts';
import type { PlacedMark, PlacedMarks } from './placedMarks.ts';

/** The most telling first: a line has one icon. */
const LOOKS: readonly Look[] = ['slower', 'finding', 'inconclusive', 'faster', 'stale', 'same'];

const COLOURS: Readonly<Record<Look, string>> = {
  slower: 'earshot.slowerForeground',
  faster: 'earshot.fasterForeground',
  inconclusive: 'earshot.inconclusiveForeground',
  same: 'earshot.inconclusiveForeground',
  finding: 'earshot.findingForeground',
  stale: 'earshot.inconclusiveForeground',
};

/** Shares of the run above which a line counts as warm and as hot. */
const WARM = 0.1;
const HOT = 0.3;

/** Says at the end of a line how much time it takes and how that changed, and beside it by shape and colour. */
export class MarkDecorations implements vscode.Disposable {
  readonly #placed: PlacedMarks;
  readonly #types: ReadonlyMap<Look, vscode.TextEditorDecorationType>;
  readonly #subscriptions: { dispose(): unknown }[];

  constructor(placed: PlacedMarks, extensionUri: vscode.Uri) {
    this.#placed = placed;
    const icon = (look: Look, theme: 'dark' | 'light'): vscode.Uri =>
      vscode.Uri.joinPath(extensionUri, 'media', 'marks', `${look}-${theme}.svg`);
    this.#types = new Map(
      LOOKS.map((look) => [
        look,
        vscode.window.createTextEditorDecorationType({
          dark: { gutterIconPath: icon(look, 'dark') },
          light: { gutterIconPath: icon(look, 'light') },
          gutterIconSize: 'contain',
          rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
          ...(look === 'slower'
            ? {
                overviewRulerColor: new vscode.ThemeColor(COLOURS.slower),
                overviewRulerLane: vscode.OverviewRulerLane.Right,
              }
            : {}),
        }),
      ]),
    );
    this.#subscriptions = [
      placed.onDidChange((document) => this.#drawDocument(document)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.refresh()),
    ];
    this.refresh();
  }

  /** Draws all editors, by the settings of now. */
  refresh(): void {
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const type of this.#types.values()) type.dispose();
  }

  #drawDocument(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) this.#draw(editor);
    }
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    const lines = Map.groupBy(
      isShown('decorations') ? this.#placed.in(document) : [],
      ({ place }) => place.line,
    );
    const drawn = Array.from(lines.values(), (marks) => decoration(document, marks));
    for (const [look, type] of this.#types) {
      const options = drawn.filter((each) => each.look === look).map((each) => each.options);
      editor.setDecorations(type, options);
    }
  }
}

/** One decoration for all marks of a line: the look of the first, the texts of what is certain. */
function decoration(
  document: vscode.TextDocument,
  marks: readonly PlacedMark[],
): { look: Look; options: vscode.DecorationOptions } {
  const byLook = marks
    .map(({ mark, place }) => ({ mark, place, look: lookOf(mark, place.stale) }))
    .toSorted((x, y) => LOOKS.indexOf(x.look) - LOOKS.indexOf(y.look));
  const [first] = byLook;
  if (first === undefined) throw new RangeError('A line without marks has no decoration.');
  const { mark, place, look } = first;
  const more = byLook.length > 1 ? ` · and ${byLook.length - 1} more` : '';
  const { range } = document.lineAt(Math.min(place.line, document.lineCount - 1));
  const heat = mark.share ?? 0;
  return {
    look,
    options: {
      range: new vscode.Range(range.end, range.end),
      renderOptions: {
        after: {
          contentText: ` ${lineEndText(mark, place.stale)}${more} `,
          color: new vscode.ThemeColor(COLOURS[look]),
          ...(heat < WARM || place.stale
            ? {}
            : { backgroundColor: new vscode.ThemeColor(heatColour(heat)) }),
          margin: '0 0 0 2ch',
          fontStyle: place.stale ? 'italic' : 'normal',
        },
      },
    },
  };
}

function heatColour(share: number): string {
  return share < HOT ? 'earshot.warmLineBackground' : 'earshot.hotLineBackground';
}
