import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { libraryContent, libraryFaults } from '../helpers/library.ts';
import { Mount, whyNoMounts } from '../helpers/mounts.ts';
import { type Folder, speech, temporaryFolder } from '../helpers/places.ts';
import { errorOf, failureOf, ingest, resultOf, runCli } from '../helpers/realCli.ts';

const SOURCE = speech('hard/telephone-8k.wav');
/**
 * Sizes of the disk in kB. Decoded, the recording takes 234 kB, its library some 700 kB with the log of the database, so
 * that the disk is full in one stage after the other.
 */
const SIZES = [64, 160, 384, 512, 576, 640, 704, 832] as const;

const reason = whyNoMounts();
if (reason !== null) console.warn(`The tests of full disks are skipped: ${reason}`);

let folder: Folder;
let reference: ReturnType<typeof libraryContent>;
let id: string;
const codes: string[] = [];
beforeAll(async () => {
  folder = temporaryFolder();
  const home = join(folder.path, 'reference');
  id = resultOf(await ingest([SOURCE], { home })).id;
  reference = libraryContent(home);
});
afterAll(() => folder[Symbol.dispose]());

describe.skipIf(reason !== null)('a full disk', () => {
  it.each(SIZES)(
    'of %d kB is said clearly, and the ingest goes on when there is room',
    async (kB) => {
      using disk = Mount.disk(join(folder.path, `disk-${kB}`), `${kB}k`);
      const home = join(disk.path, 'home');
      const outcome = await ingest([SOURCE], { home });
      if (outcome.last?.type === 'result') codes.push('enough');
      else {
        const { code, exit, message, action } = failureOf(outcome);
        codes.push(code);
        expect({ code, exit }).toEqual({ code: expect.stringMatching(/\.disk-full$/), exit: 7 });
        expect(message).toMatch(/disk is full/i);
        expect(action).toMatch(/free some space/i);
        expect(libraryContent(home)?.results ?? []).toEqual([]);
        expect(libraryContent(home)?.segments ?? []).toEqual([]);
      }
      disk.resize('32m');
      if (outcome.last?.type !== 'result') {
        const shown = errorOf(await runCli(['show', id, '--json'], { home }));
        expect(shown.code).toMatch(/^library\.not-/);
      }
      resultOf(await ingest([SOURCE], { home }));
      expect(libraryContent(home)).toEqual(reference);
      expect(libraryFaults(home)).toEqual([]);
    },
  );

  it.each([160, 256, 512])('of %d kB is said each time, not that the video is busy', async (kB) => {
    using disk = Mount.disk(join(folder.path, `again-${kB}`), `${kB}k`);
    const home = join(disk.path, 'home');
    const { code, events } = await ingest([SOURCE, SOURCE, SOURCE], { home });
    const failures = events.flatMap((event) => (event.type === 'failed' ? [event.error.code] : []));
    expect(failures).toHaveLength(3);
    for (const failure of failures) expect(failure).toMatch(/\.disk-full$/);
    expect(code).toBeGreaterThan(0);
  });

  it('was met in the decoder and in the library', () => {
    expect(codes).toEqual(expect.arrayContaining(['media.disk-full', 'store.disk-full']));
    console.log(`full disks: ${codes.join(', ')}`);
  });
});
