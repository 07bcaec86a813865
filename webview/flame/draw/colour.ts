/** A colour as canvases keep it in memory on little-endian machines: 0xAABBGGRR. */
export type Colour = number;

export function colour(red: number, green: number, blue: number, alpha = 255): Colour {
  return (
    ((Math.round(alpha) << 24) |
      (Math.round(blue) << 16) |
      (Math.round(green) << 8) |
      Math.round(red)) >>>
    0
  );
}

const red = (of: Colour): number => of & 255;
const green = (of: Colour): number => (of >>> 8) & 255;
const blue = (of: Colour): number => (of >>> 16) & 255;
const alpha = (of: Colour): number => of >>> 24;

/** The colour in CSS. */
export function cssOf(of: Colour): string {
  const rgb = `${red(of)}, ${green(of)}, ${blue(of)}`;
  return alpha(of) === 255 ? `rgb(${rgb})` : `rgba(${rgb}, ${(alpha(of) / 255).toFixed(3)})`;
}

/** Between two colours: `share` 0 is `a`, 1 is `b`. */
export function mix(a: Colour, b: Colour, share: number): Colour {
  const between = (of: (c: Colour) => number): number => of(a) + (of(b) - of(a)) * share;
  return colour(between(red), between(green), between(blue), between(alpha));
}

/** What is seen of a colour that may be translucent, over an opaque one. */
export function over(above: Colour, below: Colour): Colour {
  return mix(below, withAlpha(above, 1), alpha(above) / 255);
}

export function withAlpha(of: Colour, share: number): Colour {
  return colour(red(of), green(of), blue(of), share * 255);
}

/** Contrast of two opaque colours, 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(a: Colour, b: Colour): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Relative luminance (WCAG 2.2). */
function luminance(of: Colour): number {
  const [r, g, b] = [red(of), green(of), blue(of)].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The first on the way from `from` to `towards` that has a contrast of at least `least` to `against`. */
export function readable(from: Colour, towards: Colour, against: Colour, least: number): Colour {
  for (let share = 0; share < 1; share += 0.04) {
    const tried = mix(from, towards, share);
    if (contrast(tried, against) >= least) return tried;
  }
  return towards;
}
