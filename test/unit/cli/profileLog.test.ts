import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/commandLine.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';
import { FakeIo } from './fakeIo.ts';

let home: ReturnType<typeof temporaryHome>;
beforeEach(() => {
  home = temporaryHome();
});
afterEach(() => home[Symbol.dispose]());

function file(text: string): string {
  const folder = join(home.path, 'files');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'a.log');
  writeFileSync(path, text);
  return path;
}

async function log(...args: readonly string[]): Promise<FakeIo & { code: number }> {
  const io = new FakeIo();
  const code = await main(
    ['--home', join(home.path, 'home'), 'profile', 'log', ...args],
    io,
    () => {
      throw new Error('The pipeline is not needed.');
    },
  );
  return Object.assign(io, { code });
}

const TEXT =
  '2026-11-20 09:00:10 Indexed 3 pages in 4 s (target: < 2 s)\n2026-11-20 09:00:12 hello\nplain\n';

describe('profile log', () => {
  it('says what it found', async () => {
    const { code, stdout } = await log(file(TEXT), '--unmatched');
    expect(code).toBe(0);
    expect(stdout.text).toContain('a.log: 3 lines, 3 kinds of lines, 1 span\n');
    expect(stdout.text).toContain('duration: 2 (1 expected or asked for)');
    expect(stdout.text).toContain('Indexed <*> pages in <*> s (target: < <*> s)');
    expect(stdout.text).toMatch(/Lines that nothing was found in:\n +3 {2}plain\n/u);
  });

  it('prints nothing that moves the cursor', async () => {
    const name = 'a\u001b[2J\u202eb';
    const { stdout } = await log(file(TEXT), '--name', name);
    expect(stdout.text).toContain('a[2Jb: 3 lines');
    expect(stdout.text).not.toMatch(/[\u001b\u202e]/u);
  });

  it('rejects what is no text, and a file that holds none', async () => {
    const zeros = '\0'.repeat(5000);
    const part = await log(file(`${TEXT}${zeros}\n${TEXT}`), '--json');
    expect(part.code).toBe(3);
    expect(part.stdout.records).toMatchObject([
      { logLines: 7, rejections: [{ offset: TEXT.length, reason: '5000 bytes that are no text' }] },
    ]);
    const none = await log(file(zeros), '--json');
    expect(none.code).toBe(1);
    expect(none.stdout.records).toMatchObject([{ error: { code: 'import.unreadable' } }]);
  });

  it('prints the contract with --json', async () => {
    const { code, stdout } = await log(file(TEXT), '--json');
    expect(code).toBe(0);
    expect(stdout.records).toMatchObject([
      { type: 'result', format: 'log', spans: 1, logLines: 3, rejected: 0, rejections: [] },
    ]);
  });

  it('reads lines by a pattern', async () => {
    const { stdout } = await log(
      file('@a 3\n@b 4\n'),
      '--json',
      '--pattern',
      String.raw`@(?<name>\w) (?<dur>\d)`,
    );
    expect(stdout.records).toMatchObject([{ spans: 2, durationMs: 7000 }]);
  });

  it('tells what it could not read with exit code 3', async () => {
    const { code, stdout } = await log(file(`took 3 s ${'x'.repeat(100_000)}\n`), '--json');
    expect(code).toBe(3);
    expect(stdout.records).toMatchObject([{ logLines: 1, rejected: 1 }]);
  });

  it('refuses a pattern that cannot be matched in linear time, and a file that is not there', async () => {
    const refused = await log(file(TEXT), '--pattern', '(?=x)');
    expect([refused.code, refused.stderr.text]).toEqual([2, expect.stringContaining('lookaround')]);
    expect((await log(join(home.path, 'none.log'))).code).toBe(4);
  });
});
