import { describe, expect, it } from 'vitest';
import { diffMarkdown } from '../../../../../webview/diff/model/diffMarkdown.ts';
import { diffOf, runOf } from '../diffFixture.ts';

describe('diffMarkdown', () => {
  it('tells the difference, what explains it, and what was counted differently', () => {
    const a = runOf('before', 1, ['decode', 1e9], ['old', 1e8]);
    const b = runOf('after', 43, ['decode', 4e9], ['another', 2e8], ['third', 2e8]);
    expect(diffMarkdown(diffOf(a, b))).toMatchInlineSnapshot(`
      "## before → after

      **B is slower: +3.30 s (1.10 s → 4.40 s, × 4)**

      A: \`id-before\` · B: \`id-after\`

      ### What explains the difference

      The steps explain 100.0 % of +3.30 s.

      | Step           |       A |       B |   Change | Of the difference |
      | -------------- | ------: | ------: | -------: | ----------------: |
      | **Total of A** |  1.10 s |         |          |                   |
      | decode         |     1 s |     4 s |     +3 s |            90.9 % |
      | another        |     0 s | 0.200 s | +0.200 s |             6.1 % |
      | third          |     0 s | 0.200 s | +0.200 s |             6.1 % |
      | old            | 0.100 s |     0 s | -0.100 s |            -3.0 % |
      | **Total of B** |         |  4.40 s |          |                   |

      ### Counted differently

      | Counter        | Stage |   A |   B | Change |
      | -------------- | ----- | --: | --: | ------ |
      | Loads of audio | voice |   1 |  43 | × 43   |

      ### Only in A: 1 span

      | Span  | Under | Count |   Total |
      | ----- | ----- | ----: | ------: |
      | \`old\` |       |     1 | 0.100 s |

      ### Only in B: 2 spans

      | Span      | Under | Count |   Total |
      | --------- | ----- | ----: | ------: |
      | \`another\` |       |     1 | 0.200 s |
      | \`third\`   |       |     1 | 0.200 s |

      1 span is in both.
      "
    `);
  });

  it('lets no name break out of its place', () => {
    const evil = '`</td>|<script>alert(1)</script>\n# [x](http://evil) **b**';
    const text = diffMarkdown(
      diffOf(runOf(evil, 1, ['x', 5]), runOf('b', 2, [evil, 9], [evil, 1])),
    );
    const headings = text.split('\n').filter((line) => line.startsWith('#'));
    expect(headings).toHaveLength(5);
    const cells = text.split('\n').filter((line) => line.startsWith('|'));
    for (const line of cells) {
      const bars = line.replaceAll('\\|', '').split('|').length - 2;
      expect([5, 4]).toContain(bars);
    }
    expect(headings[0]).toMatch(/^## (?:[^\\`<>|[\]*_]|\\.)*$/u);
  });
});
