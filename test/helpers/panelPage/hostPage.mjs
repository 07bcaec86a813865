/*
 * VS Code's side of a webview, in the page itself: the theme's variables on the root, the classes of the body, the defaults
 * that every webview gets, and `acquireVsCodeApi` over two HTTP ways. Loaded before the page's own script.
 */
import { encodeMessage, FrameReader } from './framing.ts';

const STATE = 'panelHost.state';

let themeVariables = [];
let sending = Promise.resolve();

/** Shows the page in one of VS Code's themes, as a live change does. */
async function setTheme(name) {
  const { classes, kind, name: title, id, variables } = await json(`theme/${name}`);
  const { style } = document.documentElement;
  for (const variable of themeVariables) style.removeProperty(variable);
  themeVariables = Object.keys(variables);
  for (const [variable, value] of Object.entries(variables)) style.setProperty(variable, value);
  document.body.className = classes.join(' ');
  document.body.dataset.vscodeThemeKind = kind;
  document.body.dataset.vscodeThemeName = title;
  document.body.dataset.vscodeThemeId = id;
}

async function json(path) {
  return (await fetch(path)).json();
}

/** Messages of the extension, as events of the window: what a page of VS Code hears. */
async function hear(connection) {
  const { body } = await fetch(`to-page?connection=${connection}`);
  const frames = new FrameReader();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const data of frames.push(value))
      window.dispatchEvent(new MessageEvent('message', { data }));
  }
}

async function start() {
  const { theme, state, defaults } = await json('host');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(defaults);
  document.adoptedStyleSheets.push(sheet);
  await setTheme(theme);
  if (state !== null && sessionStorage.getItem(STATE) === null) {
    sessionStorage.setItem(STATE, JSON.stringify(state));
  }
  const connection = crypto.randomUUID();
  globalThis.panelHost = { setTheme, state: () => JSON.parse(sessionStorage.getItem(STATE)) };
  globalThis.acquireVsCodeApi = () => {
    // VS Code gives it once only.
    delete globalThis.acquireVsCodeApi;
    return {
      postMessage: (message) => {
        const body = encodeMessage(message);
        // One after the other: requests of HTTP may overtake one another.
        sending = sending.then(() =>
          fetch(`to-extension?connection=${connection}`, { method: 'POST', body }),
        );
      },
      getState: () => JSON.parse(sessionStorage.getItem(STATE)) ?? undefined,
      setState: (next) => sessionStorage.setItem(STATE, JSON.stringify(next)),
    };
  };
  void hear(connection);
}

await start();
