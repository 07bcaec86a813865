import type { Extracted } from '../../../../src/profiler/logs/extract.ts';

const SIGNS = { 'at-most': '≤', 'at-least': '≥' } as const;

/**
 * A measurement in short: `kind value unit “label”`. In front of it `target` or `requested`; `≤` or `≥` for the
 * direction of a target; `5..6` for a range, `508/1494` for a ratio; `(progress)` behind it.
 */
export function notation(found: Extracted): string {
  const { kind, role, value, upper, of, unit, text, direction, progress, label } = found;
  const number = (each: number): string => String(Number(each.toPrecision(9)));
  const amount = value === null ? (text ?? '') : number(value);
  return [
    role === 'actual' ? '' : role,
    kind,
    `${direction === null ? '' : SIGNS[direction]}${amount}${upper === null ? '' : `..${number(upper)}`}${of === null ? '' : `/${number(of)}`}`,
    unit,
    `“${label}”`,
    progress ? '(progress)' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
