import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  downloadArguments,
  listingArguments,
} from '../../../../src/pipeline/media/ytDlpArguments.ts';

const download = { directory: '/cache/100%', stem: 'media-1' };

describe('arguments of yt-dlp', () => {
  test('end with the address behind a double dash, whatever it is', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        const url = new URL(text);
        for (const args of [listingArguments(url, false), downloadArguments({ url }, download)]) {
          expect(args.slice(-2)).toEqual(['--', url.href]);
          expect(args.filter((argument) => argument === '--')).toHaveLength(1);
        }
      }),
    );
  });

  test('never read configuration, run commands, or write links', () => {
    const url = new URL('https://host/');
    for (const args of [listingArguments(url, true), downloadArguments({ url }, download)]) {
      expect(args).toEqual(expect.arrayContaining(['--ignore-config', '--no-exec']));
      expect(args.join(' ')).not.toMatch(/--write-link|--remote-components|--extractor-args| -x /);
    }
  });

  test('take one video out of a list unless the list is wanted', () => {
    const url = new URL('https://host/');
    expect(listingArguments(url, false)).toContain('--no-playlist');
    expect(listingArguments(url, true)).toContain('--yes-playlist');
  });

  test('name exactly one JavaScript runtime', () => {
    const jsRuntime = { kind: 'node', path: '/a b/node' } as const;
    const args = listingArguments(new URL('https://host/'), false, { jsRuntime });
    expect(args.join('\n')).toContain('--no-js-runtimes\n--js-runtimes\nnode:/a b/node');
  });

  test('keep the name stable and free of template fields', () => {
    const args = downloadArguments({ infoFile: '/cache/info.json' }, { ...download, maxBytes: 5 });
    expect(args.join('\n')).toContain('--paths\n/cache/100%%\n--output\nmedia-1.%(ext)s');
    expect(args.join('\n')).toContain('--max-filesize\n5');
    expect(args.slice(-2)).toEqual(['--load-info-json', '/cache/info.json']);
  });
});
