import '../shared/page.css';
import '../flame/flame.css';
import './diff.css';
import {
  PanelReady,
  SettingsChanged,
  ShowInPanel,
  WorkerRestarted,
} from '../../src/protocol/panelMessages.ts';
import { ChartChanged } from '../../src/protocol/chartMessages.ts';
import { RunsChanged } from '../../src/protocol/runMessages.ts';
import { el } from '../shared/dom.ts';
import { connectPanel } from '../shared/panelConnection.ts';
import { DiffPage } from './diffPage.ts';

const connection = connectPanel();
const { content, settings } = await connection.request(PanelReady, {});
const root = document.querySelector<HTMLElement>('#panel') ?? el('main', { id: 'panel' });
if (!root.isConnected) document.body.append(root);
root.classList.add('diff-page');

if (content.panel === 'diff') {
  const page = new DiffPage(root, connection, content, settings);
  connection.listen(SettingsChanged, (changed) => {
    page.settings = changed;
  });
  connection.listen(ShowInPanel, ({ content: shown }) => {
    if (shown.panel === 'diff') void page.show(shown.a, shown.b);
  });
  connection.listen(ChartChanged, ({ chart }) => page.chartChanged(chart));
  // What is compared was chosen already; new runs change nothing here.
  connection.listen(RunsChanged, () => undefined);
  connection.listen(WorkerRestarted, () => void page.open());
  await page.open();
}
