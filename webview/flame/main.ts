import '../shared/page.css';
import './flame.css';
import { PanelReady, SettingsChanged, ShowInPanel } from '../../src/protocol/panelMessages.ts';
import { RunsChanged } from '../../src/protocol/runMessages.ts';
import { connectPanel } from '../shared/panelConnection.ts';
import { FlamePage } from './page/flamePage.ts';

const connection = connectPanel();
const root = document.querySelector<HTMLElement>('#panel') ?? document.body;
const { content, settings } = await connection.request(PanelReady, {});
if (content.panel === 'flame') {
  const page = new FlamePage(root, connection, content, settings);
  connection.listen(ShowInPanel, (shown) => {
    if (shown.content.panel === 'flame') page.show(shown.content);
  });
  // A chart is of one run, and hears of that alone (chartChanged).
  connection.listen(RunsChanged, () => undefined);
  connection.listen(SettingsChanged, (changed) => {
    page.settings = changed;
  });
}
