/** `01:02:03.456`, as WebVTT has it, or with a comma, as SubRip has it. */
export function subtitleTime(milliseconds: number, decimalMark: '.' | ','): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(milliseconds / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${clock.map(two).join(':')}${decimalMark}${String(milliseconds % 1000).padStart(3, '0')}`;
}
