/** What turns the direction of the text around it: a name that holds it would turn the whole sentence. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A message for a notification that shows links as text. VS Code makes links of `[label](address)` in it, also of
 * `command:` addresses that run a command when clicked; a title or an error from the web could hold one.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (').replace(TURNS, '\ufffd');
}
