import * as vscode from 'vscode';
import { suggestedUrl, urlProblem } from './sourceUrl.ts';

const CLIPBOARD_PATIENCE_MS = 1000;

/** A browser that denies the clipboard says so with a notification each time: it is asked once. */
let clipboardAnswers = true;

/** Asks for a URL; the clipboard's is suggested, selected, so that typing replaces it. */
export function askUrl(): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  box.title = 'Ingest YouTube URL';
  box.prompt = 'A YouTube URL, or the URL of any page or file with audio';
  box.placeholder = 'https://www.youtube.com/watch?v=…';
  box.ignoreFocusOut = true;
  return new Promise((resolve) => {
    box.onDidChangeValue((value) => {
      box.validationMessage = value === '' ? undefined : urlProblem(value);
    });
    box.onDidAccept(() => {
      box.validationMessage = urlProblem(box.value);
      if (box.validationMessage !== undefined) return;
      resolve(box.value.trim());
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
    void suggestClipboard(box);
  });
}

async function suggestClipboard(box: vscode.InputBox): Promise<void> {
  if (!clipboardAnswers) return;
  // It may never answer: the box is there meanwhile.
  const late = setTimeout(() => (clipboardAnswers = false), CLIPBOARD_PATIENCE_MS);
  const url = suggestedUrl(await vscode.env.clipboard.readText().then(undefined, () => ''));
  clearTimeout(late);
  if (url === undefined || box.value !== '') return;
  box.value = url;
  box.valueSelection = [0, url.length];
}
