import '../shared/page.css';
import './dashboard.css';
import { PanelReady } from '../../src/protocol/panelMessages.ts';
import { connectPanel } from '../shared/panelConnection.ts';
import { registerToolkit } from '../shared/toolkit.ts';
import { DashboardPage } from './dashboardPage.ts';

registerToolkit();
const connection = connectPanel();
const { content, settings } = await connection.request(PanelReady, {});
const series = content.panel === 'dashboard' ? content.series : null;
await new DashboardPage(connection, settings, series).load();
