import type { MeasurementKind } from '../model/logSummary.ts';

/** A figure as it stands among the tokens of a line, before its role and label are known. */
export interface Figure {
  readonly kind: MeasurementKind;
  readonly value: number | null;
  readonly upper: number | null;
  readonly of: number | null;
  readonly unit: string;
  readonly text: string | null;
  readonly progress: boolean;
  /** Tokens from `from` up to but not including `to`. */
  readonly from: number;
  readonly to: number;
  /** What its number was multiplied with: what a bare number next to it is to be multiplied with. */
  readonly factor: number;
  /** Words of its key (`duration_ms` is `duration`), where it has one. */
  readonly key: readonly string[];
}

/** A figure of a kind and value, all else as it mostly is. */
export function figure(
  kind: MeasurementKind,
  value: number | null,
  from: number,
  to: number,
  more: Partial<Figure> = {},
): Figure {
  return {
    kind,
    value,
    from,
    to,
    upper: null,
    of: null,
    unit: '',
    text: null,
    progress: false,
    factor: 1,
    key: [],
    ...more,
  };
}

/** A number times a factor; exact for the factors below one that units have (`350 ms` is 0.35 s). */
export function scaled(value: number, factor: number): number {
  return factor > 0 && factor < 1 ? value / Math.round(1 / factor) : value * factor;
}
