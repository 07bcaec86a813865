import { type Colour, colour, contrast, cssOf, mix, over, readable, withAlpha } from './colour.ts';

/** Colours that a theme is made of, as VS Code names them. */
export interface ThemeColours {
  readonly background: Colour;
  readonly foreground: Colour;
  readonly red: Colour;
  readonly orange: Colour;
  readonly yellow: Colour;
  readonly green: Colour;
  readonly blue: Colour;
  readonly purple: Colour;
  readonly focus: Colour;
  /** Of a hit of a search. */
  readonly found: Colour;
  /** Null where the theme has no high contrast. */
  readonly contrastBorder: Colour | null;
}

/** Everything a chart is drawn with. Fills are dark or pale enough for `fillLabel` to be read on them. */
export interface Theme {
  readonly highContrast: boolean;
  readonly fontFamily: string;
  readonly background: Colour;
  /** Of spans, by the hash of their names. */
  readonly fills: readonly Colour[];
  /** From much less (blue) through equal (grey) to much more (red); an odd number. */
  readonly tints: readonly Colour[];
  readonly error: Colour;
  readonly overTarget: Colour;
  readonly finding: Colour;
  readonly critical: Colour;
  readonly found: Colour;
  /** Outline of spans in high contrast. */
  readonly outline: Colour;
  readonly css: {
    readonly background: string;
    readonly headerBackground: string;
    readonly label: string;
    /** Of text on fills. */
    readonly fillLabel: string;
    readonly muted: string;
    readonly grid: string;
    readonly border: string;
    readonly error: string;
    readonly overTarget: string;
    readonly finding: string;
    readonly counterFill: string;
    readonly counterLine: string;
    readonly focus: string;
    readonly selection: string;
    readonly shade: string;
    readonly link: string;
  };
}

/** Contrast of labels to what they stand on (WCAG AA for text), and of marks to what is around them (for graphics). */
const TEXT_CONTRAST = 4.5;
const MARK_CONTRAST = 3;
const TINTS = 17;
/** How much of the background goes into fills; more into those that have outlines. */
const FILL_SHADE = 0.3;
const OUTLINED_FILL_SHADE = 0.4;
/** Text on fills is nearer to black or white than other text, so that fills need not be pale or dull. */
const FILL_LABEL_SHARE = 0.8;

/** Black or white. */
function furthestFrom(of: Colour): Colour {
  const [black, white] = [colour(0, 0, 0), colour(255, 255, 255)];
  return contrast(of, black) > contrast(of, white) ? black : white;
}

/** Derives a theme. @param fontFamily CSS font family */
export function makeTheme(colours: ThemeColours, fontFamily: string): Theme {
  const { background } = colours;
  const seen = (of: Colour): Colour => over(of, background);
  const text = seen(colours.foreground);
  const label = mix(text, furthestFrom(background), FILL_LABEL_SHARE);
  const highContrast = colours.contrastBorder !== null;
  const asFill = (of: Colour): Colour =>
    readable(
      mix(seen(of), background, highContrast ? OUTLINED_FILL_SHADE : FILL_SHADE),
      background,
      label,
      TEXT_CONTRAST,
    );
  const asMark = (of: Colour): Colour => readable(seen(of), text, background, MARK_CONTRAST);
  const { blue, green, purple, yellow, red } = colours;
  // Red and orange are kept for what is wrong.
  const fills = [
    blue,
    green,
    purple,
    yellow,
    mix(blue, green, 0.5),
    mix(blue, purple, 0.55),
    mix(green, yellow, 0.5),
    mix(purple, yellow, 0.4),
    mix(blue, colours.foreground, 0.5),
    mix(green, background, 0.35),
    mix(purple, background, 0.35),
    mix(blue, background, 0.4),
  ].map(asFill);
  const equal = mix(background, text, 0.22);
  const tints = Array.from({ length: TINTS }, (_, i) => {
    const share = (i / (TINTS - 1)) * 2 - 1;
    // The least difference must be told from none.
    const strength = share === 0 ? 0 : 0.25 + 0.75 * Math.abs(share);
    return asFill(mix(equal, share < 0 ? blue : red, strength));
  });
  const border = colours.contrastBorder ?? mix(background, text, 0.25);
  const error = asMark(red);
  // Themes define this colour as a translucent highlight: seen through, it would be a dull brown.
  const overTarget = asMark(withAlpha(colours.orange, 1));
  const finding = asMark(mix(purple, red, 0.35));
  return {
    highContrast,
    fontFamily,
    background,
    fills,
    tints,
    error,
    overTarget,
    finding,
    critical: asMark(text),
    found: asMark(seen(colours.found)),
    outline: border,
    css: {
      background: cssOf(background),
      headerBackground: cssOf(highContrast ? background : mix(background, text, 0.05)),
      label: cssOf(text),
      fillLabel: cssOf(label),
      muted: cssOf(readable(mix(background, text, 0.6), text, background, TEXT_CONTRAST)),
      grid: cssOf(mix(background, text, highContrast ? 0.3 : 0.12)),
      border: cssOf(border),
      error: cssOf(error),
      overTarget: cssOf(overTarget),
      finding: cssOf(finding),
      counterFill: cssOf(withAlpha(asFill(blue), highContrast ? 1 : 0.75)),
      counterLine: cssOf(asMark(blue)),
      focus: cssOf(asMark(colours.focus)),
      selection: cssOf(withAlpha(asMark(colours.focus), 0.2)),
      shade: cssOf(withAlpha(background, 0.6)),
      link: cssOf(asMark(mix(blue, text, 0.3))),
    },
  };
}
