import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exportSvg } from '../../../../../webview/flame/draw/svgExport.ts';
import { anyText, sceneOf, trackOf } from '../madeScenes.ts';
import { THEME } from './madeTheme.ts';
import { wellFormedXml } from './wellFormedXml.ts';

const measure = (text: string): number => text.length * 6;

it('writes a document with names as text, whatever they are', () => {
  const hostile = fc.oneof(
    anyText,
    fc.constantFrom(
      '</text><script>alert(1)</script>',
      '" onload="alert(1)',
      ']]><!--',
      '&lt;&amp;&#0;\u0000\u000b\ufffe',
      '\ud83d',
      '\u202e]\u2066',
      'javascript:alert(1)',
    ),
  );
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, track, title) => {
      const scene = sceneOf([{ start: 0, duration: 1000, flags: 7 }]);
      scene.names.add(0, [name]);
      scene.tracks = [trackOf(0, { name: track, flags: 7 })];
      const { elements, attributes } = wellFormedXml(exportSvg(scene, THEME, title, measure));
      for (const element of elements) {
        expect(['svg', 'title', 'defs', 'clipPath', 'path', 'rect', 'text']).toContain(element);
      }
      expect(attributes.filter((each) => each.startsWith('on') || each.includes('href'))).toEqual(
        [],
      );
    }),
    { numRuns: 25 },
  );
});

it('keeps what is clipped clipped, and colours as they are drawn', () => {
  const scene = sceneOf([{ start: 0, duration: 1000, flags: 1 }]);
  const svg = exportSvg(scene, THEME, 'A run', measure);
  expect(svg).toContain('<title>A run</title>');
  expect(svg).toContain('<clipPath id="clip0">');
  expect(svg).toContain(`fill="${THEME.css.error}"`);
  expect(svg).toContain('>alpha</text>');
});
