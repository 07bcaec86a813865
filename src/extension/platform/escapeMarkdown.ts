const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** Text from outside as Markdown that shows it as it is; addresses in it do not become links. */
export function escapeMarkdown(text: string): string {
  return text.replace(
    /[\\`*_{}[\]()<>#+!|~&$:.@-]/g,
    // Where VS Code makes plain text of Markdown it parses what is left of it as HTML: no sign of that may stand there.
    (sign) => ENTITIES[sign] ?? `\\${sign}`,
  );
}
