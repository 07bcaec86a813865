/** Text from outside for places where VS Code makes pictures of `$(name)`: lists to choose from, the status bar, lenses. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
