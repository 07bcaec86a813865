/** Rows of equal height in sight, with some spare ones around them: from `from` up to and without `to`. */
export function visibleRange({
  scrollTop,
  height,
  rowHeight,
  spare,
  count,
}: {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly spare: number;
  readonly count: number;
}): { readonly from: number; readonly to: number } {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight) - spare;
  const last = Math.ceil((Math.max(0, scrollTop) + Math.max(0, height)) / rowHeight) + spare;
  const from = Math.max(0, Math.min(count, first));
  return { from, to: Math.max(from, Math.min(count, last)) };
}
