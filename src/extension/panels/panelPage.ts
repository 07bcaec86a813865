import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PanelKind } from './panelKinds.ts';

/** The only folder that a page may read from. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/**
 * The page of a panel: its script, its style sheet and nothing else. No data is written into it; it asks for them.
 * The nonce is another one each time, so that setting the page again loads it again.
 */
export function panelPage(
  webview: Pick<vscode.Webview, 'cspSource' | 'asWebviewUri'>,
  extensionUri: vscode.Uri,
  { page, title }: PanelKind,
): string {
  const nonce = randomBytes(16).toString('base64url');
  const address = (file: string): string =>
    escapeAttribute(
      webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), file)).toString(),
    );
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    ...['style-src', 'font-src', 'img-src'].map((rule) => `${rule} ${webview.cspSource}`),
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${address(`${page}.css`)}">
</head>
<body>
<main id="panel" aria-label="${title}"></main>
<script type="module" nonce="${nonce}" src="${address(`${page}.js`)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
