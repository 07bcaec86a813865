import type { FoundLine } from './literalSearch.ts';
import type { WorkspaceFiles } from './workspaceFiles.ts';

/** Words that begin the definition of a function, method or class in the usual languages. */
const DEFINITION =
  '(?:async\\s+)?(?:def|func|fn|function|fun|sub|class|struct|interface|trait|impl|module|proc|method)';

/**
 * The definition of a function or class in the workspace by its name, qualified (`pkg.Type.method`, `a::b`, `Type#m`) or
 * not; null where there is none or more than one.
 */
export async function findSymbol(
  files: WorkspaceFiles,
  qualifiedName: string,
): Promise<FoundLine | null> {
  const parts = qualifiedName
    .split(/[.:#/$]+/u)
    .filter((part) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part));
  const name = parts.at(-1);
  if (name === undefined || name.length < 3 || name.length > 200) return null;
  const definition = new RegExp(
    `(?:\\b${DEFINITION}\\b[^=;\\n]{0,80}?\\b${name}\\b)|` +
      `(?:\\b(?:const|let|var)\\s+${name}\\s*=\\s*(?:async\\s*)?(?:function\\b|\\())|` +
      `(?:^\\s*(?:(?:public|private|protected|static|final|async|override|virtual|inline)\\s+)+[\\w<>\\[\\], ]{0,80}\\b${name}\\s*\\()`,
    'u',
  );
  const found: (FoundLine & { readonly owned: boolean })[] = [];
  const owners = parts.slice(0, -1);
  for (const file of await files.list()) {
    const text = await files.text(file);
    if (text?.includes(name) !== true) continue;
    const owned = owners.some((owner) => file.includes(owner) || text.includes(owner));
    for (const [index, line] of text.split('\n').entries()) {
      if (line.length <= 2000 && line.includes(name) && definition.test(line)) {
        found.push({ file, line: index + 1, owned });
      }
    }
  }
  const likely =
    owners.length > 0 && found.some(({ owned }) => owned)
      ? found.filter(({ owned }) => owned)
      : found;
  const [only, second] = likely;
  return only === undefined || second !== undefined ? null : { file: only.file, line: only.line };
}
