/**
 * A message for a notification that shows links as text. VS Code makes links of `[label](address)` in it, also of
 * `command:` addresses that run a command when clicked; a title or an error from the web could hold one.
 */
export function plainMessage(text: string): string {
  return text.replaceAll('](', '] (');
}
