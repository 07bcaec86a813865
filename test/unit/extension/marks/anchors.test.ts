import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findAnchor,
  followChanges,
  type LineChange,
  type Lines,
} from '../../../../src/extension/marks/anchors.ts';

const linesOf = (text: string): Lines => {
  const lines = text.split('\n');
  return { count: lines.length, at: (line) => lines[line]! };
};

/** The text after a change, and the change as an editor tells it. */
function changed(
  text: string,
  start: number,
  end: number,
  put: string,
): { text: string; change: LineChange } {
  const position = (offset: number) => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length };
  };
  const [from, to] = [position(start), position(end)];
  return {
    text: text.slice(0, start) + put + text.slice(end),
    change: {
      start: from.line,
      startCharacter: from.character,
      end: to.line,
      endCharacter: to.character,
      added: put.split('\n').length - 1,
      endsLine: put.endsWith('\n'),
    },
  };
}

const FILE = ['import x', '', 'def main():', '  load()', '  embed(texts)', '  store()', '}'].join(
  '\n',
);
const EMBED = { line: 4, stale: false };

function after(put: string, at: number, end = at) {
  const { text, change } = changed(FILE, at, end, put);
  return followChanges(linesOf(text), EMBED, 'embed(texts)', [change]);
}

describe('findAnchor', () => {
  it('takes the same line, else the nearest that is the same, else the old one as stale', () => {
    expect(findAnchor(linesOf(FILE), 4, 'embed(texts)')).toEqual(EMBED);
    expect(findAnchor(linesOf(FILE), 1, 'embed(texts)')).toEqual(EMBED);
    expect(findAnchor(linesOf('a()\nb()\na()\n\na()'), 3, 'a()')).toMatchObject({ line: 3 });
    expect(findAnchor(linesOf('abc()\nb()\nabc()\n\n'), 3, 'abc()')).toMatchObject({ line: 2 });
    expect(findAnchor(linesOf(FILE), 4, 'embed(all)')).toEqual({ line: 4, stale: true });
    expect(findAnchor(linesOf(FILE), 99, 'embed(all)')).toEqual({ line: 6, stale: true });
  });

  it('looks no further than its window, and nowhere for what is everywhere', () => {
    const far = `embed(texts)${'\n'.repeat(501)}`;
    expect(findAnchor(linesOf(far), 500, 'embed(texts)')).toEqual({ line: 0, stale: false });
    expect(findAnchor(linesOf(far), 501, 'embed(texts)')).toEqual({ line: 501, stale: true });
    expect(findAnchor(linesOf(FILE), 5, '}')).toEqual({ line: 5, stale: true });
    expect(findAnchor(linesOf(FILE), 6, '}')).toEqual({ line: 6, stale: false });
  });

  it('is content with any line where the text is not known', () => {
    expect(findAnchor(linesOf(FILE), 3, '')).toEqual({ line: 3, stale: false });
    expect(findAnchor(linesOf(FILE), 30, '')).toEqual({ line: 6, stale: true });
  });
});

describe('followChanges', () => {
  const startOfEmbed = FILE.indexOf('  embed');
  const endOfEmbed = FILE.indexOf('\n  store');

  it('moves with lines above, not with lines below, and not with blanks before it', () => {
    expect(after('# new\n# new\n', 0)).toEqual({ line: 6, stale: false });
    expect(after('', 0, 9)).toEqual({ line: 3, stale: false });
    expect(after('\n# new', FILE.length)).toEqual(EMBED);
    expect(after('\n', startOfEmbed)).toEqual({ line: 5, stale: false });
    expect(after('\n  ', startOfEmbed + 2)).toEqual({ line: 5, stale: false });
    expect(after('    ', startOfEmbed)).toEqual(EMBED);
    expect(after('\n', endOfEmbed)).toEqual(EMBED);
  });

  it('is stale when the line itself changes, and fresh again when that is undone', () => {
    const { text, change } = changed(FILE, startOfEmbed + 3, startOfEmbed + 3, 'x');
    const stale = followChanges(linesOf(text), EMBED, 'embed(texts)', [change]);
    expect(stale).toEqual({ line: 4, stale: true });
    const undone = changed(text, startOfEmbed + 3, startOfEmbed + 4, '');
    expect(followChanges(linesOf(undone.text), stale, 'embed(texts)', [undone.change])).toEqual(
      EMBED,
    );
    expect(after('', startOfEmbed, endOfEmbed)).toMatchObject({ stale: true });
  });

  it('follows a line that is cut and put in elsewhere, and one in a text that is replaced as a whole', () => {
    const cut = changed(FILE, startOfEmbed, endOfEmbed + 1, '');
    const gone = followChanges(linesOf(cut.text), EMBED, 'embed(texts)', [cut.change]);
    expect(gone.stale).toBe(true);
    const pasted = changed(cut.text, 0, 0, '  embed(texts)\n');
    expect(followChanges(linesOf(pasted.text), gone, 'embed(texts)', [pasted.change])).toEqual({
      line: 0,
      stale: false,
    });
    expect(after(`# head\n${FILE}`, 0, FILE.length)).toEqual({ line: 5, stale: false });
  });

  it('takes several changes, as editors tell them from the bottom up', () => {
    const below = changed(FILE, FILE.length, FILE.length, '\nmore()');
    const above = changed(below.text, 0, 0, '# a\n# b\n');
    const { change: first } = below;
    expect(
      followChanges(linesOf(above.text), EMBED, 'embed(texts)', [first, above.change]),
    ).toEqual({ line: 6, stale: false });
  });

  it('never loses a line whose text is still there once, whatever is changed elsewhere', () => {
    const other = fc.stringMatching(/^[ab\n]{0,12}$/u);
    fc.assert(
      fc.property(
        fc.array(other, { minLength: 1, maxLength: 8 }),
        fc.array(other, { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(12), other, fc.boolean()), { maxLength: 6 }),
        (above, below, edits) => {
          let text = `${above.join('\n')}\nembed(texts)\n${below.join('\n')}`;
          let place = { line: text.split('\n').indexOf('embed(texts)'), stale: false };
          for (const [at, length, put, isBelow] of edits) {
            const first = text.indexOf('embed(texts)');
            const last = first + 'embed(texts)'.length + 1;
            // On either side of the line with its line breaks.
            const [low, high] = isBelow ? [last, text.length] : [0, Math.max(0, first - 1)];
            const start = low + (at % (high - low + 1));
            const step = changed(text, start, Math.min(high, start + length), put);
            text = step.text;
            place = followChanges(linesOf(text), place, 'embed(texts)', [step.change]);
            expect(text.split('\n')[place.line]).toBe('embed(texts)');
            expect(place.stale).toBe(false);
          }
        },
      ),
    );
  });
});
