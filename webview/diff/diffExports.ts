import { CopyText, SaveExport } from '../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../src/protocol/rpc.ts';
import { svgOf } from '../flame/page/chartPictures.ts';
import type { Announcer } from '../shared/announcer.ts';
import type { DiffChart } from './chart/diffChart.ts';
import { headlineText } from './model/changeWords.ts';
import { diffMarkdown } from './model/diffMarkdown.ts';
import type { DiffResult } from './model/diffResult.ts';
import { pictureBytes } from './view/pictures.ts';

/** Puts a diff on the clipboard and into files. */
export class DiffExports {
  readonly #connection: RpcConnection;
  readonly #announcer: Announcer;

  constructor(connection: RpcConnection, announcer: Announcer) {
    this.#connection = connection;
    this.#announcer = announcer;
  }

  /** @throws RpcError */
  async copy(diff: DiffResult): Promise<void> {
    await this.#connection.request(CopyText, { text: diffMarkdown(diff) });
    this.#announcer.say('Copied as Markdown.');
  }

  /** Saves what is drawn where the person says. @throws RpcError */
  async save(diff: DiffResult, chart: DiffChart, format: 'png' | 'svg'): Promise<void> {
    const { pane } = chart;
    if (pane === undefined) return;
    const name = `${diff.a.run.name} ↔ ${diff.b.run.name}`;
    const lines = [
      headlineText(diff.totalA, diff.totalB, diff.unit),
      `A: ${diff.a.run.name}`,
      `B: ${diff.b.run.name}`,
    ];
    const bytes =
      format === 'svg' ? svgOf(pane.scene, name) : await pictureBytes(chart.picture(), lines);
    const asked = { what: 'picture' as const, format, name, bytes };
    const { path } = await this.#connection.request(SaveExport, asked);
    if (path !== null) this.#announcer.say('Saved.');
  }
}
