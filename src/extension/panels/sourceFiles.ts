import type { ChartSource } from '../../protocol/chart.ts';
import type { PanelContent } from '../../protocol/panelMessages.ts';

/** What a panel draws: one source, two of a diff, or none that it names. */
export function sourcesOf(content: PanelContent): readonly ChartSource[] {
  switch (content.panel) {
    case 'flame':
      return [content.source];
    case 'diff':
      return [content.a, content.b];
    case 'dashboard':
      return [];
  }
}

/** The files that a person chose to see in panels: a page may ask for no other. */
export class ChosenFiles {
  readonly #paths = new Set<string>();

  /** The person chose what is in this content, now or before VS Code was started. */
  choose(sources: readonly ChartSource[]): void {
    for (const source of sources) if (source.kind === 'file') this.#paths.add(source.path);
  }

  mayRead(source: ChartSource): boolean {
    return source.kind === 'run' || this.#paths.has(source.path);
  }
}
