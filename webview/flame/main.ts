import '../shared/page.css';
import './flame.css';
import { PanelReady, SettingsChanged, ShowInPanel } from '../../src/protocol/panelMessages.ts';
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
  connection.listen(SettingsChanged, (changed) => {
    page.settings = changed;
  });
}
