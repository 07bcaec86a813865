import {
  cpSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { openLibraryAt } from '../../../src/store/library.ts';
import { Mount, whyNoMounts } from '../helpers/mounts.ts';
import { copyPackage } from '../helpers/packageCopy.ts';
import { type Folder, speech, temporaryFolder } from '../helpers/places.ts';
import { errorOf, failureOf, ingest, jsonLines, resultOf, runCli } from '../helpers/realCli.ts';

const SOURCE = speech('hard/one-word.flac');

let folder: Folder;
let sound: string;
let id: string;
beforeAll(async () => {
  folder = temporaryFolder();
  sound = join(folder.path, 'sound');
  id = resultOf(await ingest([SOURCE], { home: sound })).id;
});
afterAll(() => folder[Symbol.dispose]());

/** A copy of the sound library, broken by the test. */
function brokenHome(name: string, breakIt: (library: string) => void): string {
  const home = join(folder.path, name);
  cpSync(sound, home, { recursive: true });
  breakIt(homeLayout(home).library);
  return home;
}

describe('a library', () => {
  it('of a newer version is left as it is', async () => {
    const home = brokenHome('newer', (file) => {
      const library = openLibraryAt(file);
      library.database.pragma('user_version = 999');
      library.database.pragma('wal_checkpoint(TRUNCATE)');
      library.close();
    });
    const before = readFileSync(homeLayout(home).library);
    const failure = failureOf(await ingest([SOURCE], { home }));
    expect(failure).toMatchObject({ code: 'store.newer-version', exit: 7 });
    expect(failure.action).toMatch(/Update Earshot/);
    for (const command of [['list'], ['show', id], ['search', 'one']]) {
      const ended = await runCli([...command, '--json'], { home });
      expect(ended.code).toBe(7);
      expect(errorOf(ended).code).toBe('store.newer-version');
    }
    expect(readFileSync(homeLayout(home).library).equals(before)).toBe(true);
  });

  it.each([
    ['that is text', (file: string) => writeFileSync(file, 'Not a library. '.repeat(1000))],
    ['of random bytes', (file: string) => writeFileSync(file, Buffer.alloc(200_000, 0xa5))],
    ['that lost its end', (file: string) => truncateSync(file, 4096 * 3)],
    ['whose pages were overwritten', (file: string) => overwrite(file, 4096, statSync(file).size)],
  ])('%s is said to be damaged', async (what, breakIt) => {
    const home = brokenHome(what, breakIt);
    const failure = failureOf(await ingest([SOURCE], { home }));
    expect(failure).toMatchObject({ code: 'store.damaged', exit: 7 });
    expect(failure.message).toContain(homeLayout(home).library);
    expect(failure.action).toMatch(/Move the file away/);
    const doctor = await runCli(['doctor', '--json'], { home });
    expect(doctor.code).toBe(1);
    expect(jsonLines(doctor.stdout)[0]).toMatchObject({ type: 'check', status: 'error' });
  });

  it('that is an empty file is a new one', async () => {
    const home = brokenHome('empty', (file) => writeFileSync(file, ''));
    expect(resultOf(await ingest([SOURCE], { home })).cached).toBe(false);
  });

  it.each([
    ['whose place is a file', (home: string) => writeFileSync(home, 'a file')],
    [
      'that is a folder',
      (home: string) => mkdirSync(homeLayout(home).library, { recursive: true }),
    ],
  ])('%s cannot be opened', async (what, make) => {
    const home = join(folder.path, what);
    make(home);
    const failure = failureOf(await ingest([SOURCE], { home }));
    expect(failure).toMatchObject({ code: 'store.unavailable', exit: 7 });
    expect(failure.action).toMatch(/--home/);
  });

  const reason = whyNoMounts();
  if (reason !== null) console.warn(`The tests of read-only folders are skipped: ${reason}`);
  describe.skipIf(reason !== null)('that cannot be written', () => {
    it.each([
      ['as a folder', (home: string) => home],
      ['as a file', (home: string) => homeLayout(home).library],
    ])('%s is said to be so', async (what, part) => {
      const home = brokenHome(`read-only ${what}`, () => undefined);
      using _mount = Mount.readOnly(part(home));
      const failure = failureOf(await ingest([SOURCE], { home }));
      expect(failure).toMatchObject({ code: 'store.unavailable', exit: 7 });
      expect(failure.action).toMatch(/permissions/);
    });

    it('because its folder does not exist and cannot be made', async () => {
      const parent = join(folder.path, 'read-only parent');
      mkdirSync(parent);
      using _mount = Mount.readOnly(parent);
      const failure = failureOf(await ingest([SOURCE], { home: join(parent, 'home') }));
      expect(failure).toMatchObject({ code: 'store.unavailable', exit: 7 });
    });
  });
});

describe('a model file', () => {
  interface Manifest {
    readonly models: readonly {
      readonly name: string;
      readonly kind: string;
      readonly files: readonly { readonly path: string; readonly bytes: number }[];
    }[];
  }
  let packages = 0;
  /** A package whose largest model file of the one that recognises speech was broken. */
  function brokenPackage(breakIt: (file: string, bytes: number) => void): string {
    const packageFolder = copyPackage(join(folder.path, `package-${++packages}`));
    const models = join(packageFolder, 'models');
    const text = readFileSync(join(models, 'manifest.json'), 'utf8');
    const manifest = JSON.parse(text) as Manifest;
    const bundled = manifest.models.filter(({ kind }) => kind === 'bundled');
    const files = bundled.flatMap((model) => model.files);
    const largest = files.reduce((a, b) => (a.bytes >= b.bytes ? a : b));
    const file = join(models, largest.path);
    // The file is linked, so what is broken has to be a copy.
    const content = readFileSync(file);
    rmSync(file);
    writeFileSync(file, content);
    breakIt(file, largest.bytes);
    return packageFolder;
  }

  it.each([
    ['that is missing', 'model.missing', (file: string) => rmSync(file)],
    ['that is cut off', 'model.damaged', (file: string, n: number) => truncateSync(file, n / 2)],
    [
      'with a changed byte',
      'model.damaged',
      (file: string, n: number) => overwrite(file, n / 2, n / 2 + 1),
    ],
  ] as const)('%s is named, and nothing is lost by it', async (_what, code, breakIt) => {
    const packageFolder = brokenPackage(breakIt);
    const home = join(folder.path, `home-${packages}`);
    const failure = failureOf(await ingest([SOURCE], { home, packageFolder }));
    expect(failure).toMatchObject({ code, exit: 7 });
    expect(failure.message).toContain(join(packageFolder, 'models'));
    expect(failure.action).toMatch(/Install Earshot again/);
    const doctor = await runCli(['doctor', '--json'], { home, packageFolder });
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(/"status":"error"/);
    expect(resultOf(await ingest([SOURCE], { home })).cached).toBe(false);
  });

  it('of no use to what is asked for does not stand in the way', async () => {
    const packageFolder = brokenPackage((file) => rmSync(file));
    const surroundings = { home: sound, packageFolder };
    expect(await runCli(['list'], surroundings)).toMatchObject({ code: 0 });
    expect(await runCli(['show', id], surroundings)).toMatchObject({ code: 0 });
    expect(await runCli(['search', 'one'], surroundings)).toMatchObject({ code: 0 });
  });

  it('without its manifest is a missing model', async () => {
    const packageFolder = copyPackage(join(folder.path, 'no-manifest'));
    rmSync(join(packageFolder, 'models', 'manifest.json'));
    const home = join(folder.path, 'no-manifest-home');
    const failure = failureOf(await ingest([SOURCE], { home, packageFolder }));
    expect(failure).toMatchObject({ code: 'model.missing', exit: 7 });
  });
});

describe('ffmpeg', () => {
  it('that is not where the variable says is a missing program', async () => {
    const env = { EARSHOT_FFMPEG: join(folder.path, 'no-ffmpeg') };
    const failure = failureOf(await ingest([SOURCE], { home: join(folder.path, 'ff'), env }));
    expect(failure.exit).toBe(5);
    expect(failure.action).not.toBe('');
  });
});

function overwrite(file: string, from: number, to: number): void {
  const handle = openSync(file, 'r+');
  const [start, end] = [Math.floor(from), Math.floor(to)];
  writeSync(handle, Buffer.alloc(end - start, 0x5a), 0, end - start, start);
  closeSync(handle);
}
