// Real VS Code (code-server) in headless Chromium. One server and one browser per test file.
import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { listenForBridges } from './bridgeHub.mjs';
import { processes } from './processes.mjs';
import { SETTINGS } from './settings.mjs';
import { ensureInstalled } from './tools.mjs';
import { BOOT_MS, bounded, until } from './until.mjs';
import { openWindow } from './window.mjs';

const BRIDGE = path.join(import.meta.dirname, '..', 'bridge');
const INHERITED =
  /^(VSCODE_|ELECTRON_|CODE_SERVER_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|PORT$|PASSWORD$)/;
const CHROMIUM_ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic'],
  ...['--no-first-run', '--disable-background-networking', '--disable-component-update'],
  '--disable-sync',
];
const SERVER_ARGS = [
  ...['--auth', 'none', '--disable-telemetry', '--disable-update-check'],
  ...['--disable-getting-started-override', '--ignore-last-opened'],
  // Else an extension host outlives its closed window by hours, and the server its runner.
  ...['--reconnection-grace-time', '5', '--idle-timeout-seconds', '120'],
];

/**
 * vsix: packaged extension to install; folders: unpacked extensions, used in place; settings: user settings;
 * env: for the server; wrap: a command and its arguments to start the server with.
 */
export async function startServer({ vsix, folders = [], settings = {}, env = {}, wrap = [] } = {}) {
  const tool = ensureInstalled();
  const dir = mkdtempSync(path.join(os.tmpdir(), 'vscode-e2e-'));
  const at = (...parts) => path.join(dir, ...parts);
  for (const name of ['data/User', 'extensions', 'tmp', 'xdg'])
    mkdirSync(at(name), { recursive: true });
  writeFileSync(at('config.yaml'), 'auth: none\n');
  linkExtensions([BRIDGE, ...folders], at('extensions'));

  const inherited = Object.entries(process.env).filter(([name]) => !INHERITED.test(name));
  const childEnv = {
    ...Object.fromEntries(inherited),
    EXTENSIONS_GALLERY: '{}',
    TMPDIR: at('tmp'),
    XDG_DATA_HOME: at('xdg'),
    XDG_CONFIG_HOME: at('xdg'),
    E2E_BRIDGE: at('bridge.sock'),
    ...env,
  };
  const common = [tool.entry, '--config', at('config.yaml')];
  common.push('--user-data-dir', at('data'), '--extensions-dir', at('extensions'));
  const current = { ...SETTINGS, ...settings };
  // Settings of a machine count only in the place of the machine, once VS Code knows that they are such.
  const writeSettings = (more) => {
    const text = JSON.stringify(Object.assign(current, more), null, 1);
    for (const place of ['data/User', 'data/Machine']) {
      mkdirSync(at(place), { recursive: true });
      writeFileSync(at(`${place}/settings.json`), text);
    }
  };
  writeSettings({});
  const hub = await listenForBridges(at('bridge.sock'));

  let proc;
  let browser;
  let output = '';
  const killGroup = () => {
    try {
      process.kill(-proc.pid, 'SIGKILL');
    } catch {
      // gone already
    }
  };
  const onExit = () => {
    killGroup();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const onSignal = () => process.exit(143);
  const stop = async () => {
    const closed = browser?.close() ?? Promise.resolve();
    await bounded(closed, 'browser closes', 10_000).catch(() => {});
    if (proc?.pid) {
      // On SIGTERM the extension hosts end after their deactivate(); file watchers only at their next poll.
      proc.kill('SIGTERM');
      const group = () => processes((one) => one.group === proc.pid);
      const working = () => group().filter(({ command }) => !/type=fileWatcher/.test(command));
      await until(() => working().length === 0, 'server ends', 8000).catch(() => {});
      killGroup();
      await until(() => group().length === 0, 'processes are gone', 5000).catch(() => {});
      process.off('exit', onExit).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
    }
    hub.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    if (vsix) {
      execFileSync(tool.node, [...common, '--install-extension', path.resolve(vsix)], {
        env: childEnv,
        stdio: 'pipe',
        timeout: BOOT_MS,
      });
    }
    const port = await freePort();
    // A loopback address, not another host name: webviews need a secure context.
    const base = `http://127.0.0.1:${port}`;
    const line = [
      ...wrap,
      tool.node,
      ...common,
      ...SERVER_ARGS,
      '--bind-addr',
      `127.0.0.1:${port}`,
    ];
    proc = spawn(line[0], line.slice(1), {
      env: childEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    process.once('exit', onExit).once('SIGTERM', onSignal).once('SIGHUP', onSignal);
    for (const stream of [proc.stdout, proc.stderr]) stream.on('data', (data) => (output += data));
    await until(
      async () => {
        if (proc.exitCode !== null) throw new Error(output);
        return (await fetch(`${base}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
      },
      'server answers',
      BOOT_MS,
    );
    browser = await chromium.launch({
      executablePath: tool.chromium,
      timeout: BOOT_MS,
      args: CHROMIUM_ARGS,
    });
    const server = {
      dir,
      base,
      browser,
      stop,
      writeSettings,
      logs: (name = /./) => readLogs(at('data/logs'), name),
    };
    server.window = (options) => openWindow(server, hub.bridges, options);
    return server;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A link named publisher.name-version is an installed extension while no extensions.json exists yet. */
function linkExtensions(folders, into) {
  for (const folder of folders.map((one) => path.resolve(one))) {
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const { publisher, name, version } = manifest;
    symlinkSync(folder, path.join(into, `${publisher}.${name}-${version}`));
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The text of all logs whose path matches. */
function readLogs(folder, name) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(path.join(entry.parentPath, entry.name)))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
