import type { ChartSource } from '../../protocol/chart.ts';
import type { PanelContent } from '../../protocol/panelMessages.ts';

/** The same for contents that one panel shows: what differs in it is a place that the panel can go to. */
export function panelKey(content: PanelContent): string {
  switch (content.panel) {
    case 'flame':
      return JSON.stringify(['flame', ...sourceKey(content.source)]);
    case 'diff':
      return JSON.stringify(['diff', ...sourceKey(content.a), ...sourceKey(content.b)]);
    case 'dashboard':
      return JSON.stringify(['dashboard']);
  }
}

function sourceKey(source: ChartSource): [kind: string, name: string] {
  return [source.kind, source.kind === 'run' ? source.id : source.path];
}
