const TOKEN = /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/uy;
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos);)/u;
/** What XML 1.0 does not allow as a character at all. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Names of all elements and attributes of a document. @throws Error where it is not well-formed */
export function wellFormedXml(text: string): { elements: string[]; attributes: string[] } {
  if (FORBIDDEN.test(text)) throw new Error('There is a character that XML does not allow.');
  if (ENTITY.test(text)) throw new Error('There is a bare ampersand or an unknown entity.');
  const open: string[] = [];
  const elements: string[] = [];
  const attributes: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new Error(`Not XML: ${text.slice(at, at + 60)}`);
    const [, close, name, inside, empty] = match;
    if (name === undefined) continue;
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`${name} is closed and was not open.`);
      continue;
    }
    elements.push(name);
    for (const [, attribute = ''] of (inside ?? '').matchAll(/([\w:-]+)="/gu))
      attributes.push(attribute);
    if (empty !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error(`${open.join()} is never closed.`);
  return { elements, attributes };
}
