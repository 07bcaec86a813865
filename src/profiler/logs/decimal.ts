/** A decimal number as logs write it, with thousands separators and either decimal mark. */
const NUMBER = /^[+-]?\d[\d.,'_\u00a0\u202f]*(?:[eE][+-]?\d{1,3})?$/u;

/**
 * Reads a number of a log line, or null where it is none.
 *
 * Of two kinds of marks the last is the decimal one (`1.494,5`, `1,494.5`). A comma alone separates thousands where
 * exactly three digits follow (`1,494`), else it is the decimal mark (`12,5`). A point alone is the decimal mark unless
 * it stands more than once (`1.494.000`).
 */
export function readDecimal(text: string): number | null {
  if (text.length > 40 || !NUMBER.test(text)) return null;
  const plain = text.replace(/['_\u00a0\u202f]/gu, '');
  const comma = plain.lastIndexOf(',');
  const point = plain.lastIndexOf('.');
  let normal = plain;
  if (comma >= 0 && point >= 0) {
    normal =
      comma > point ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', '');
  } else if (comma >= 0) {
    const thousands = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/u.test(plain);
    normal = thousands ? plain.replaceAll(',', '') : plain.replace(',', '.');
  } else if (plain.indexOf('.') !== point) {
    normal = plain.replaceAll('.', '');
  }
  const value = Number(normal);
  return Number.isFinite(value) ? value : null;
}
