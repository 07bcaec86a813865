import type { ChartHeader } from '../../../src/protocol/chart.ts';
import { KeepChart } from '../../../src/protocol/chartMessages.ts';
import { CopyText, SaveExport, TellPerson } from '../../../src/protocol/panelMessages.ts';
import type { RpcConnection } from '../../../src/protocol/rpc.ts';
import type { MenuEntry } from '../../shared/menuButton.ts';
import { runMarkdown } from './chartMarkdown.ts';
import { pngOf, svgOf } from './chartPictures.ts';
import type { Scene } from '../model/scene.ts';
import type { ChartSession } from './chartSession.ts';

const RUN_FORMATS = [
  { format: 'speedscope', label: 'Save as speedscope…' },
  { format: 'chrome', label: 'Save as Chrome Trace…' },
  { format: 'otlp', label: 'Save as OTLP JSON…' },
  { format: 'md', label: 'Save the Report as Markdown…' },
] as const;

/** What the menu of exports works with. */
export interface ExportParts {
  readonly connection: RpcConnection;
  readonly session: () => ChartSession;
  readonly scene: () => Scene | null;
  readonly kept: (runId: string) => void;
  readonly failed: (error: unknown) => void;
}

/** Everything that can leave the page: pictures, files, text; and the way of a file into the library. */
export class ChartExports {
  readonly #parts: ExportParts;

  constructor(parts: ExportParts) {
    this.#parts = parts;
  }

  /** The menu for a run. Formats of times are left out where it has none. */
  entries(header: ChartHeader): MenuEntry[] {
    const hasTime = header.run.weightsUnit === null;
    const formats = RUN_FORMATS.filter(
      ({ format }) => hasTime || format === 'speedscope' || format === 'md',
    );
    return [
      { label: 'Save Picture as PNG…', run: () => void this.#picture('png', header, pngOf) },
      {
        label: 'Save Picture as SVG…',
        run: () => void this.#picture('svg', header, (scene) => svgOf(scene, header.run.name)),
      },
      null,
      ...formats.map(({ format, label }) => ({ label, run: () => void this.#run(format, header) })),
      null,
      {
        label: 'Copy Summary as Markdown',
        run: () => void this.copy(runMarkdown(header), 'The summary'),
      },
      ...(header.run.stored
        ? []
        : [null, { label: 'Keep in the Library', run: () => void this.#keep() }]),
    ];
  }

  /** Puts text on the clipboard and says so. @param what with a capital letter: `The span` */
  async copy(text: string, what: string): Promise<void> {
    await this.#guarded(async () => {
      await this.#parts.connection.request(CopyText, { text });
      this.#tell(`${what} was copied as Markdown.`);
    });
  }

  #picture(
    format: 'png' | 'svg',
    header: ChartHeader,
    draw: (scene: Scene) => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>,
  ): Promise<void> {
    return this.#guarded(async () => {
      const scene = this.#parts.scene();
      if (scene === null) return;
      const bytes = await draw(scene);
      await this.#parts.connection.request(SaveExport, {
        what: 'picture',
        format,
        name: header.run.name,
        bytes,
      });
    });
  }

  #run(format: (typeof RUN_FORMATS)[number]['format'], header: ChartHeader): Promise<void> {
    return this.#guarded(async () => {
      const { chart, run } = header;
      await this.#parts.connection.request(SaveExport, {
        what: 'run',
        chart,
        format,
        name: run.name,
      });
    });
  }

  #keep(): Promise<void> {
    return this.#guarded(async () => {
      const { runId } = await this.#parts.session().ask(KeepChart, {});
      this.#tell('The run is in the library now.');
      this.#parts.kept(runId);
    });
  }

  #tell(message: string): void {
    this.#parts.connection.notify(TellPerson, { level: 'info', message });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#parts.failed(error);
    }
  }
}
