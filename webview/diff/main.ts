import '../shared/page.css';
import { PanelReady } from '../../src/protocol/panelMessages.ts';
import { connectPanel } from '../shared/panelConnection.ts';

const connection = connectPanel();
const { content } = await connection.request(PanelReady, {});
document.body.dataset['panel'] = content.panel;
