import * as vscode from 'vscode';
import type { SearchHit } from '../../protocol/library.ts';
import { Search } from '../../protocol/messages.ts';
import { showError } from '../platform/showError.ts';
import type { Command, CommandServices } from './command.ts';
import { hitItems, type HitItem } from './searchItems.ts';

const TYPING_PAUSE_MS = 150;
const LIMIT = 30;

export const searchTranscripts: Command = async (services, argument) => {
  const pick = vscode.window.createQuickPick<HitItem>();
  pick.title = 'Search Transcripts';
  pick.placeholder = 'Words that were said, or what was meant';
  let search: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  const look = (text: string): void => {
    clearTimeout(timer);
    search?.abort();
    const own = (search = new AbortController());
    if (text.trim() === '') {
      pick.items = [];
      pick.busy = false;
      return;
    }
    pick.busy = true;
    timer = setTimeout(() => {
      void fill(services, pick, text, own.signal).finally(() => {
        if (search === own) pick.busy = false;
      });
    }, TYPING_PAUSE_MS);
  };
  pick.onDidChangeValue(look);
  const chosen = await new Promise<SearchHit | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item) resolve(item.hit);
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
    if (typeof argument === 'string') {
      pick.value = argument;
      look(argument);
    }
  });
  clearTimeout(timer);
  search?.abort();
  pick.dispose();
  if (chosen) await services.open.transcript(chosen.videoId, chosen.segment);
};

async function fill(
  { client, log }: CommandServices,
  pick: vscode.QuickPick<HitItem>,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  const ask = async (semantic: boolean): Promise<SearchHit[]> =>
    (await client.request(Search, { text, semantic, limit: LIMIT }, signal)).hits;
  const show = (byWords: readonly SearchHit[], byMeaning: readonly SearchHit[]): void => {
    if (!signal.aborted) pick.items = hitItems(byWords, byMeaning);
  };
  try {
    // Words are found in a millisecond: they are shown while the meaning is still being computed.
    const byWords = await ask(false);
    show(byWords, []);
    show(byWords, await ask(true));
  } catch (error) {
    if (!signal.aborted) await showError(error, log);
  }
}
