import { expect, it } from 'vitest';
import {
  areaMarkdown,
  runMarkdown,
  spanMarkdown,
} from '../../../../../webview/flame/page/chartMarkdown.ts';
import { chartHeader, spanDetails } from './chartFixtures.ts';

const HOSTILE = '<img src=x onerror=alert(1)> | `a` \u202e\n# b';

it('tells of a span what its pane tells', () => {
  expect(spanMarkdown(spanDetails(), chartHeader())).toBe(`### \`load model\`

\`ingest\` › \`load model\`

- Duration: 0.250 s
- Self: 0.100 s
- Share of the run: 25.00 %
- Start: 0.500 s
- Status: ok
- Same name: 2 spans, total 0.500 s, median 0.250 s, longest 0.300 s

Source: \`src/a.py:12\`

| Attribute | Value |
| --------- | ----- |
| device    | cpu   |
`);
});

it('tells of an area its names', () => {
  const names = [
    { nameId: 0, name: 'a', count: 2, total: 5e6, self: 4e6, max: 3e6, span: 0, errors: 0 },
  ];
  expect(areaMarkdown({ from: 1e6, to: 9e6 }, names, chartHeader())).toContain(
    '### talk: 1 ms to 9 ms (8 ms)',
  );
});

it('tells of a run its figures against their targets, and its findings', () => {
  const text = runMarkdown(chartHeader());
  expect(text).toContain('- Total: 1 s (met, at most 2 s)');
  expect(text).toContain('- Coverage: 90.00 % (missed, at least 95.00 %)');
  expect(text).toContain('**warning** Loaded twice. Load it once.');
});

it('lets nothing out of a name become markup', () => {
  const header = chartHeader();
  const all = [
    spanMarkdown(
      {
        ...spanDetails(),
        name: HOSTILE,
        ancestors: [{ span: 0, name: HOSTILE }],
        attributes: [{ key: HOSTILE, value: HOSTILE }],
      },
      header,
    ),
    areaMarkdown(
      { from: 0, to: 1 },
      [{ nameId: 0, name: HOSTILE, count: 1, total: 1, self: 1, max: 1, span: 0, errors: 0 }],
      header,
    ),
    runMarkdown({ ...header, run: { ...header.run, name: HOSTILE } }),
  ].join('\n');
  // Outside of code spans every angle bracket is escaped.
  expect(all.replaceAll(/(`+)[^\n]*?[^`]\1(?!`)/gu, '')).not.toMatch(/(?<!\\)<img/u);
  expect(all).not.toMatch(/^# b/mu);
  expect(all).not.toContain('\u202e');
});
