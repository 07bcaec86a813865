import { vi } from 'vitest';

/** Listeners that are registered with any fake event and not disposed of. */
export const listening = new Set<object>();

export class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => unknown>();
  readonly event = (listener: (event: T) => unknown): { dispose: () => void } => {
    const own = (event: T): unknown => listener(event);
    this.#listeners.add(own);
    listening.add(own);
    return {
      dispose: () => {
        this.#listeners.delete(own);
        listening.delete(own);
      },
    };
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  dispose(): void {
    for (const listener of this.#listeners) listening.delete(listener);
    this.#listeners.clear();
  }
}

export class Uri {
  readonly scheme: string;
  readonly path: string;

  constructor(scheme: string, path: string) {
    this.scheme = scheme;
    this.path = path;
  }

  static file(path: string): Uri {
    return new Uri('file', path);
  }

  static joinPath(base: Uri, ...parts: string[]): Uri {
    return new Uri(base.scheme, [base.path, ...parts].join('/'));
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}://${this.path}`;
  }
}

export class FakeWebview {
  html = '';
  options: unknown;
  readonly cspSource = 'https://*.fake-resource.test';
  readonly sent: unknown[] = [];
  readonly received = new EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.received.event;
  isGone = false;

  asWebviewUri(uri: Uri): Uri {
    return new Uri('https', `//fake-resource.test${uri.path}`);
  }

  postMessage(message: unknown): Promise<boolean> {
    if (this.isGone) throw new Error('Webview is disposed');
    this.sent.push(message);
    return Promise.resolve(true);
  }
}

export class FakePanel {
  readonly webview = new FakeWebview();
  readonly viewType: string;
  title: string;
  iconPath: unknown;
  visible = true;
  revealed = 0;
  readonly viewState = new EventEmitter<void>();
  readonly onDidChangeViewState = this.viewState.event;
  readonly disposed = new EventEmitter<void>();
  readonly onDidDispose = this.disposed.event;

  constructor(viewType: string, title: string) {
    this.viewType = viewType;
    this.title = title;
  }

  reveal(): void {
    this.revealed += 1;
  }

  show(visible: boolean): void {
    this.visible = visible;
    this.viewState.fire();
  }

  dispose(): void {
    if (this.webview.isGone) return;
    this.webview.isGone = true;
    this.disposed.fire();
  }
}

/** The panels that were created, in that order. */
export const panels: FakePanel[] = [];
export const settings: Record<string, unknown> = {};
export const configuration = new EventEmitter<{ affectsConfiguration: (key: string) => boolean }>();
/** What the person answers to the next question of each kind. */
export const answers: Record<string, unknown> = {};
/** Everything that was shown: messages, documents, picks. */
export const shown: { what: string; value: unknown }[] = [];

const show =
  (what: string) =>
  (value: unknown, ...more: unknown[]): Promise<unknown> => {
    shown.push({ what, value });
    const answer = answers[what];
    return Promise.resolve(
      typeof answer === 'function'
        ? (answer as (...all: unknown[]) => unknown)(value, ...more)
        : answer,
    );
  };

export const workspace = {
  isTrusted: true,
  workspaceFolders: [] as { uri: Uri }[],
  getConfiguration: () => ({ get: (key: string) => settings[key] }),
  onDidChangeConfiguration: configuration.event,
  openTextDocument: (uri: Uri) =>
    Promise.resolve({ uri, lineCount: 10, validatePosition: (position: unknown) => position }),
  fs: { writeFile: vi.fn(() => Promise.resolve()) },
};

export const window = {
  createWebviewPanel: (viewType: string, title: string) => {
    const panel = new FakePanel(viewType, title);
    panels.push(panel);
    return panel;
  },
  showTextDocument: show('document'),
  showInformationMessage: show('information'),
  showWarningMessage: show('warning'),
  showErrorMessage: show('error'),
  showQuickPick: show('pick'),
  showSaveDialog: show('save'),
  showOpenDialog: show('open'),
};

export const env = { clipboard: { writeText: vi.fn(() => Promise.resolve()) } };
export const ViewColumn = { Active: -1, Beside: -2 };

export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position, end: Position) {
    this.start = start;
    this.end = end;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: unknown;

  constructor(id: string, color?: unknown) {
    this.id = id;
    this.color = color;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class MarkdownString {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

/** Forgets what a test left. */
export function resetVscode(): void {
  panels.length = 0;
  shown.length = 0;
  for (const record of [settings, answers]) {
    for (const key of Object.keys(record)) Reflect.deleteProperty(record, key);
  }
  workspace.isTrusted = true;
  workspace.workspaceFolders = [];
  vi.clearAllMocks();
}
